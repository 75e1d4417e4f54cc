// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.training;

import dev.miasma.attack.AttackModel;
import dev.miasma.attack.CalibratedAttack;
import dev.miasma.attack.LogisticAttack;
import dev.miasma.attack.NullSource;
import dev.miasma.dataset.Dataset;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.dataset.Split;
import dev.miasma.target.TargetModel;
import java.util.function.Function;

/**
 * ML-Leaks adversary 1 (Salem et al. 2019, section III): one shadow model, trained on data of the target's
 * distribution, stands in for the target; its answers to its own members and non-members train the attack.
 */
public final class ShadowTraining {

    private ShadowTraining() {}

    /**
     * A shadow model's answers.
     *
     * @param in to the records it was trained on
     * @param out to as many others
     */
    public record Shadow(PosteriorSet in, PosteriorSet out) {}

    /**
     * Trains a shadow model on a random half of a data set and asks it about both halves.
     *
     * @param trainer makes a model of a data set
     */
    public static Shadow shadow(Dataset dataset, Function<Dataset, TargetModel> trainer, long seed) {
        int half = dataset.size() / 2;
        Split split = Split.of(dataset, seed, half, half);
        TargetModel model = trainer.apply(split.part(0));
        return new Shadow(model.answers(split.part(0)), model.answers(split.part(1)));
    }

    /**
     * Fits the attack on all of the shadow's answers.
     *
     * @param options {@link TrainingOptions#TOP_3} with no ridge is the paper's attack in logistic form
     */
    public static LogisticAttack fit(Shadow shadow, TrainingOptions options) {
        return new LogisticFit().fit(shadow.in(), shadow.out(), options);
    }

    /**
     * Fits on half of the shadow's answers, calibrates and evaluates on the other half. No alert budget is guaranteed:
     * the monitored model may answer non-members otherwise than the shadow does.
     */
    public static CalibratedAttack train(Shadow shadow, TrainingOptions options) {
        return train(shadow, AttackFitter.logistic(), options);
    }

    /** The same with another kind of attack; {@link AttackFitter#network} is the paper's. */
    public static CalibratedAttack train(Shadow shadow, AttackFitter fitter, TrainingOptions options) {
        Halves in = Halves.of("shadow members", shadow.in(), options.seed());
        Halves out = Halves.of("shadow non-members", shadow.out(), options.seed());
        AttackModel attack = fitter.fit(in.first(), out.first(), options);
        String protocol = "ML-Leaks adversary 1: " + fitter.name() + " on half of one shadow's answers to "
                + shadow.in().size() + " members and " + shadow.out().size()
                + " non-members, calibrated and evaluated on the other half";
        return Calibrations.calibrated(
                attack,
                in.second(),
                out.second(),
                out.first(),
                NullSource.SHADOW_NON_MEMBERS,
                options.delta(),
                Fingerprints.provenance(options, fitter.library(), protocol, shadow.in(), shadow.out()));
    }

    /**
     * Fits on all of the shadow's answers, calibrates and evaluates on the monitored model's own.
     *
     * @param members the monitored model's answers to known members; may be empty
     * @param nonMembers its answers to known non-members
     */
    public static CalibratedAttack train(
            Shadow shadow, PosteriorSet members, PosteriorSet nonMembers, TrainingOptions options) {
        return train(shadow, members, nonMembers, AttackFitter.logistic(), options);
    }

    /** The same with another kind of attack. */
    public static CalibratedAttack train(
            Shadow shadow,
            PosteriorSet members,
            PosteriorSet nonMembers,
            AttackFitter fitter,
            TrainingOptions options) {
        String protocol = "ML-Leaks adversary 1: " + fitter.name() + " on one shadow's answers to "
                + shadow.in().size() + " members and " + shadow.out().size() + " non-members, calibrated on "
                + members.size() + " members and " + nonMembers.size() + " non-members of the model itself";
        return Calibrations.calibrated(
                fitter.fit(shadow.in(), shadow.out(), options),
                members,
                nonMembers,
                shadow.out(),
                NullSource.NON_MEMBERS,
                options.delta(),
                Fingerprints.provenance(
                        options, fitter.library(), protocol, shadow.in(), shadow.out(), members, nonMembers));
    }
}
