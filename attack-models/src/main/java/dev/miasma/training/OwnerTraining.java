// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.training;

import dev.miasma.attack.AttackModel;
import dev.miasma.attack.CalibratedAttack;
import dev.miasma.attack.NullSource;
import dev.miasma.dataset.PosteriorSet;

/**
 * Trains an attack on what only a model's owner has: the real model's answers to known members and known non-members.
 * Supervised directly, so it is the strongest of an attack's kind.
 */
public final class OwnerTraining {

    private OwnerTraining() {}

    /**
     * Splits both sets in half by the seed, fits a logistic attack on the first halves, and calibrates and evaluates it
     * on the second.
     *
     * @param members answers to records of the training set
     * @param nonMembers answers to records outside it; calibration sees half of them, and {@value
     *     dev.miasma.attack.Calibration#FEWEST_FOR_GUARANTEE} there make the alert budget a guarantee
     * @param options labels matter: train with {@link PosteriorSet#withoutLabels} for a stream that has none
     */
    public static CalibratedAttack train(PosteriorSet members, PosteriorSet nonMembers, TrainingOptions options) {
        return train(members, nonMembers, AttackFitter.logistic(), options);
    }

    /** The same with another kind of attack. */
    public static CalibratedAttack train(
            PosteriorSet members, PosteriorSet nonMembers, AttackFitter fitter, TrainingOptions options) {
        Halves in = Halves.of("members", members, options.seed());
        Halves out = Halves.of("non-members", nonMembers, options.seed());
        AttackModel attack = fitter.fit(in.first(), out.first(), options);
        String protocol = "owner: " + fitter.name() + " on half of " + members.size() + " members and "
                + nonMembers.size() + " non-members of the model itself, calibrated and evaluated on the other half";
        return Calibrations.calibrated(
                attack,
                in.second(),
                out.second(),
                out.first(),
                NullSource.NON_MEMBERS,
                options.delta(),
                Fingerprints.provenance(options, fitter.library(), protocol, members, nonMembers));
    }
}
