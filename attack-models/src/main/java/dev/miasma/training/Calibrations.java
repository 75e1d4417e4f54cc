// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.training;

import dev.miasma.attack.AttackModel;
import dev.miasma.attack.CalibratedAttack;
import dev.miasma.attack.Calibration;
import dev.miasma.attack.Evaluation;
import dev.miasma.attack.NullSource;
import dev.miasma.attack.Provenance;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.evaluation.Roc;

/** The last step of every protocol: calibrates and evaluates a model on records it wasn't fitted on. */
final class Calibrations {

    private Calibrations() {}

    /** Where nothing is known of how non-members score but from those that calibrate. */
    static CalibratedAttack calibrated(
            AttackModel model,
            PosteriorSet members,
            PosteriorSet nonMembers,
            NullSource source,
            double delta,
            Provenance provenance) {
        return calibrated(model, members, nonMembers, new double[0], source, delta, provenance);
    }

    /**
     * The same knowing more.
     *
     * @param fittedOn answers to the non-members that the model was fitted on; none of those that calibrate
     */
    static CalibratedAttack calibrated(
            AttackModel model,
            PosteriorSet members,
            PosteriorSet nonMembers,
            PosteriorSet fittedOn,
            NullSource source,
            double delta,
            Provenance provenance) {
        return calibrated(model, members, nonMembers, Scores.of(model, fittedOn), source, delta, provenance);
    }

    private static CalibratedAttack calibrated(
            AttackModel model,
            PosteriorSet members,
            PosteriorSet nonMembers,
            double[] otherNonMembers,
            NullSource source,
            double delta,
            Provenance provenance) {
        double[] in = Scores.of(model, members);
        double[] out = Scores.of(model, nonMembers);
        Calibration calibration = Calibration.of(out, in, delta, source, otherNonMembers);
        Evaluation evaluation = in.length == 0 ? Evaluation.NONE : Evaluation.of(Roc.of(in, out));
        return new CalibratedAttack(model, calibration, provenance, evaluation);
    }
}
