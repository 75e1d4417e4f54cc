// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import dev.miasma.attack.AttackModel;
import dev.miasma.attack.CalibratedAttack;
import dev.miasma.attack.Calibration;
import dev.miasma.attack.RaisedNull;

/** An attack model in force, with its evidence laid out by bin so that a query costs one look-up. */
final class LoadedModel implements KnownModel {
    final AttackModel model;
    final Calibration calibration;
    final String id;
    final double nullShare;
    final double medianCut;
    final boolean budgetGuaranteed;
    private final float[][] logEvidenceByBin;

    LoadedModel(CalibratedAttack attack, double flagRate) {
        model = attack.model();
        calibration = attack.calibration().withFlagRate(flagRate);
        id = attack.id();
        nullShare = calibration.flaggedNullShare();
        medianCut = calibration.withFlagRate(0.5).flagCut();
        budgetGuaranteed = calibration.budgetGuaranteed();
        logEvidenceByBin = new float[calibration.bins()][];
        for (int bin = 0; bin < logEvidenceByBin.length; bin++) {
            logEvidenceByBin[bin] = calibration.evidence().column(bin);
        }
    }

    /** The evidence of a bin, one ln L a row; shared, not to be changed. */
    float[] logEvidence(int bin) {
        return logEvidenceByBin[bin];
    }

    @Override
    public double[] raisedNull(long[] observed) {
        return RaisedNull.logMeans(calibration, observed);
    }
}
