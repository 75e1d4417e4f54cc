// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import dev.miasma.attack.AttackModel;
import dev.miasma.attack.CalibratedAttack;
import dev.miasma.attack.Calibration;
import dev.miasma.attack.MemberShare;
import dev.miasma.attack.NullDrift;
import dev.miasma.attack.RaisedNull;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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

    /** What this model says of an answer with a score. */
    AttackScore of(double score) {
        int bin = calibration.bin(score);
        return new AttackScore(
                score,
                bin,
                score >= medianCut,
                calibration.flagged(score),
                logEvidence(bin),
                nullShare,
                id,
                budgetGuaranteed);
    }

    @Override
    public int bins() {
        return logEvidenceByBin.length;
    }

    @Override
    public float[] logEvidence(int bin) {
        return logEvidenceByBin[bin];
    }

    @Override
    public double nullShare() {
        return nullShare;
    }

    @Override
    public boolean budgetGuaranteed() {
        return budgetGuaranteed;
    }

    @Override
    public double[] raisedNull(long[] observed) {
        return RaisedNull.logMeans(calibration, observed);
    }

    @Override
    public @Nullable ShareEstimate memberShare(long[] countsByBin) {
        return MemberShare.estimate(calibration, allBins(countsByBin))
                .map(share -> new ShareEstimate(share.share(), share.low(), share.high(), share.queries()))
                .orElse(null);
    }

    @Override
    public NullCheck drift(long[] countsByBin) {
        NullDrift drift = NullDrift.of(calibration, allBins(countsByBin));
        NullCheck.Verdict verdict = switch (drift.verdict()) {
            case HOLDS -> NullCheck.Verdict.HOLDS;
            case ABOVE -> NullCheck.Verdict.ABOVE;
            case BELOW -> NullCheck.Verdict.BELOW;
            case UNKNOWN -> NullCheck.Verdict.UNKNOWN;
        };
        return new NullCheck(verdict, drift.largestRatio(), drift.queries());
    }

    /** Counts for every bin; more than there are bins are left as they are, for the library to refuse. */
    private long[] allBins(long[] counts) {
        return counts.length < bins() ? Arrays.copyOf(counts, bins()) : counts;
    }
}
