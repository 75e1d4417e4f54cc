// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

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
     * @param m M of each row, changed in place
     * @param logEvidence ln L of the query's bin, one a row
     * @return the evidence afterwards
     * @throws IllegalArgumentException if the lengths differ
     */
    static double update(double[] m, float[] logEvidence) {
        if (m.length != logEvidence.length) {
            throw new IllegalArgumentException(
                    "evidence has " + logEvidence.length + " rows, the state has " + m.length);
        }
        double sum = 0;
        for (int row = 0; row < m.length; row++) {
            m[row] = (m[row] + 1) * Math.exp(logEvidence[row]);
            sum += m[row];
        }
        return sum / m.length;
    }

    /** The evidence of a state: the mean over its rows; 0 of an empty one. */
    static double evidence(double[] m) {
        double sum = 0;
        for (double row : m) {
            sum += row;
        }
        return m.length == 0 ? 0 : sum / m.length;
    }

    /**
     * Multiplies M by 2^(-elapsed / half-life).
     *
     * @param elapsedMillis time since the last query; negative counts as 0
     * @param halfLifeMillis time in which evidence halves; 0 for never
     */
    static void forget(double[] m, long elapsedMillis, long halfLifeMillis) {
        if (halfLifeMillis == 0 || elapsedMillis <= 0) {
            return;
        }
        double factor = Math.pow(0.5, (double) elapsedMillis / halfLifeMillis);
        for (int row = 0; row < m.length; row++) {
            m[row] *= factor;
        }
    }

    /**
     * The state for a table of another number of rows, as after a change of the attack model: each row starts at the
     * evidence so far, so the evidence stays what it was and the bound with it.
     */
    static double[] withRows(double[] m, int rows) {
        if (m.length == rows) {
            return m;
        }
        double[] next = new double[rows];
        Arrays.fill(next, evidence(m));
        return next;
    }
}
