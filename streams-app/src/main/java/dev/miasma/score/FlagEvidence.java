// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import dev.miasma.attack.Calibration;
import dev.miasma.attack.EvidenceTable;
import dev.miasma.attack.RaisedNull;

/**
 * The evidence of a sensor that only flags. Of a benign client, given its past, at most a share p0 of the queries is
 * flagged; a prober's share q is p0 plus a tenth, four tenths or nine tenths of the way to 1, one row each: ln L is
 * ln(q / p0) with a flag and ln((1 - q) / (1 - p0)) without.
 */
public final class FlagEvidence {
    private static final double[] WAYS_TO_CERTAINTY = {0.1, 0.4, 0.9};

    private final double nullShare;
    private final EvidenceColumn plain;
    private final EvidenceColumn flagged;

    private FlagEvidence(double nullShare, EvidenceTable table) {
        this.nullShare = nullShare;
        plain = EvidenceColumn.of(table.column(0));
        flagged = EvidenceColumn.of(table.column(1));
    }

    /**
     * The evidence against a null.
     *
     * @param nullShare p0, in (0, 1)
     */
    public static FlagEvidence against(double nullShare) {
        double[] rates = new double[WAYS_TO_CERTAINTY.length];
        for (int row = 0; row < rates.length; row++) {
            rates[row] = nullShare + WAYS_TO_CERTAINTY[row] * (1 - nullShare);
        }
        return new FlagEvidence(nullShare, EvidenceTable.likelihoodRatios(nullShare, rates));
    }

    /**
     * What evidence is to be divided by where a client's flags in the past are held to be harmless: the mean of L at the
     * upper Clopper-Pearson bound of its flag rate, where that is above p0.
     *
     * @param flaggedBefore queries that were flagged
     * @param asked queries in all, at least 1
     * @return ln of the factor of each row, at least 0
     */
    public double[] raisedNull(long flaggedBefore, long asked) {
        double raised = Math.max(nullShare, RaisedNull.upperBound(flaggedBefore, asked, Calibration.DELTA));
        double[] logMeans = new double[plain.rows()];
        for (int row = 0; row < logMeans.length; row++) {
            double mean = (1 - raised) * plain.factor(row) + raised * flagged.factor(row);
            logMeans[row] = Math.max(0, Math.log(mean));
        }
        return logMeans;
    }

    /** p0. */
    public double nullShare() {
        return nullShare;
    }

    /** What it is evidence of to be flagged, or not. */
    public EvidenceColumn column(boolean flag) {
        return flag ? flagged : plain;
    }
}
