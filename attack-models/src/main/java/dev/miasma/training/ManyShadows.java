// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.training;

import dev.miasma.attack.CalibratedAttack;
import dev.miasma.attack.NullSource;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.training.ShadowTraining.Shadow;
import java.util.List;
import java.util.stream.Stream;

/**
 * An attack on the answers of several shadows together (Shokri et al. 2017, section V), of any kind of attack:
 * {@link ShokriTraining#fitter} is the paper's, one attack a class.
 */
public final class ManyShadows {

    private ManyShadows() {}

    /**
     * Fits on half of all answers, calibrates and evaluates on the other half. No alert budget is guaranteed: the
     * monitored model may answer non-members otherwise than the shadows do.
     *
     * @param shadows at least 1, of one number of classes
     */
    public static CalibratedAttack train(List<Shadow> shadows, AttackFitter fitter, TrainingOptions options) {
        Shadow all = together(shadows);
        Halves in = Halves.of("shadow members", all.in(), options.seed());
        Halves out = Halves.of("shadow non-members", all.out(), options.seed());
        String protocol = "Shokri et al. 2017: " + fitter.name() + " on half of the answers of " + shadows.size()
                + " shadows to " + all.in().size() + " members and " + all.out().size()
                + " non-members together, calibrated and evaluated on the other half";
        return Calibrations.calibrated(
                fitter.fit(in.first(), out.first(), options),
                in.second(),
                out.second(),
                out.first(),
                NullSource.SHADOW_NON_MEMBERS,
                options.delta(),
                Fingerprints.provenance(options, fitter.library(), protocol, data(shadows)));
    }

    /**
     * Fits on all answers, calibrates and evaluates on the monitored model's own.
     *
     * @param shadows at least 1, of one number of classes
     * @param members the monitored model's answers to known members; may be empty
     * @param nonMembers its answers to known non-members
     */
    public static CalibratedAttack train(
            List<Shadow> shadows,
            PosteriorSet members,
            PosteriorSet nonMembers,
            AttackFitter fitter,
            TrainingOptions options) {
        Shadow all = together(shadows);
        String protocol = "Shokri et al. 2017: " + fitter.name() + " on the answers of " + shadows.size()
                + " shadows to " + all.in().size() + " members and " + all.out().size()
                + " non-members together, calibrated on " + members.size() + " members and " + nonMembers.size()
                + " non-members of the model itself";
        return Calibrations.calibrated(
                fitter.fit(all.in(), all.out(), options),
                members,
                nonMembers,
                all.out(),
                NullSource.NON_MEMBERS,
                options.delta(),
                Fingerprints.provenance(options, fitter.library(), protocol, data(shadows, members, nonMembers)));
    }

    private static Shadow together(List<Shadow> shadows) {
        return new Shadow(
                PosteriorSets.concatenated(shadows.stream().map(Shadow::in).toList()),
                PosteriorSets.concatenated(shadows.stream().map(Shadow::out).toList()));
    }

    private static PosteriorSet[] data(List<Shadow> shadows, PosteriorSet... more) {
        return Stream.concat(shadows.stream().flatMap(shadow -> Stream.of(shadow.in(), shadow.out())), Stream.of(more))
                .toArray(PosteriorSet[]::new);
    }
}
