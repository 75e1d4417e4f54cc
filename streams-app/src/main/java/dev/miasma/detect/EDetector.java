// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.score.EvidenceColumn;
import java.util.Arrays;

/**
 * The e-detector in Shiryaev-Roberts form (Shin, Ramdas, Rinaldo, "E-detectors: a nonparametric framework for
 * sequential change detection", 2022, arXiv 2203.03532, section 2), one value of M a row of an evidence table:
 *
 * <pre>M &lt;- (M + 1) L(query), from 0</pre>
 *
 * <p>The evidence is the mean over the rows, again an e-detector. With L of conditional mean at most 1 for a benign
 * client, E[M] grows by at most 1 a query and an alarm at evidence &gt;= c takes at least c away, so M + c N - n is a
 * supermartingale (N alarms in n queries) and
 *
 * <pre>E[false alarms in n benign queries, over all clients together] &lt;= n / c</pre>
 *
 * <p>at every n and whatever the dependence between clients. Multiplying M by a factor below 1 before an update, or
 * setting it to 0, only lowers it and keeps the bound.
 */
final class EDetector {
    private EDetector() {}

    /**
     * Adds one query.
     *
     * @param m M of each row, changed in place; in single precision, rounded down, which keeps the bound
     * @param column L of the query's bin, one a row
     * @throws IllegalArgumentException if the lengths differ
     */
    static void update(float[] m, EvidenceColumn column) {
        if (m.length != column.rows()) {
            throw new IllegalArgumentException("evidence has " + column.rows() + " rows, the state has " + m.length);
        }
        for (int row = 0; row < m.length; row++) {
            m[row] = roundedDown((m[row] + 1.0) * column.factor(row));
        }
    }

    /** The evidence of a state: the mean over its rows; 0 of an empty one. */
    static double evidence(float[] m) {
        double sum = 0;
        for (float row : m) {
            sum += row;
        }
        return m.length == 0 ? 0 : sum / m.length;
    }

    /** The factor that M is multiplied by after a time: 2^(-elapsed / half-life), or 1 for nothing to forget. */
    static double remembered(long elapsedMillis, long halfLifeMillis) {
        return halfLifeMillis == 0 || elapsedMillis <= 0 ? 1 : Math.pow(0.5, (double) elapsedMillis / halfLifeMillis);
    }

    /** Multiplies M by a factor of at most 1. */
    static void forget(float[] m, double factor) {
        for (int row = 0; row < m.length; row++) {
            m[row] = roundedDown(m[row] * factor);
        }
    }

    /**
     * The state for a table of another number of rows, as after a change of the attack model: each row starts at the
     * evidence so far, so the evidence stays what it was and the bound with it.
     */
    static float[] withRows(float[] m, int rows) {
        if (m.length == rows) {
            return m;
        }
        float[] next = new float[rows];
        Arrays.fill(next, roundedDown(evidence(m)));
        return next;
    }

    /** The largest float that is not above a number, which is not negative. */
    static float roundedDown(double number) {
        float nearest = (float) number;
        // Math.nextDown without a branch, which could not be predicted: half of all numbers are rounded up.
        int tooHigh = (int) (Double.doubleToLongBits(number - nearest) >>> (Long.SIZE - 1));
        return Float.intBitsToFloat(Float.floatToRawIntBits(nearest) - tooHigh);
    }
}
