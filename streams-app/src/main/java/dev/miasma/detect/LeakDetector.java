// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.score.EvidenceColumn;
import dev.miasma.score.KnownModel;
import java.util.Arrays;

/**
 * The e-detector of a version of an endpoint's model, over blocks instead of queries (Shin, Ramdas, Rinaldo, "E-detectors",
 * 2022, arXiv 2203.03532), one M a row of the evidence table:
 *
 * <pre>M &lt;- (M + 1) prod over bins b of L(b)^n_b, from 0</pre>
 *
 * <p>A product of likelihood ratios, each of conditional mean at most 1, has conditional mean at most 1 itself. So under
 * the null E[M] grows by at most 1 a block, which is at most 1 a query, and the bound of {@link EDetector} holds: at most
 * n / c expected false alarms in n queries. The null is that each scored first sight, given those before it of all
 * clients, obeys the calibration's bounds; a record that many clients ask about breaks it.
 *
 * <p>Mutable. In double precision, because a block can move M by hundreds of orders of magnitude.
 */
final class LeakDetector {
    /** Far above every threshold and far below overflow; to lower M keeps the bound. */
    private static final double MOST = 1e300;

    /** M of each row. */
    double[] rows = new double[0];

    /**
     * Adds a block.
     *
     * @param bins its scored first sights by bin, at most as many as the model has
     * @param model attack model of the bins
     */
    void add(long[] bins, KnownModel model) {
        double[] logs = new double[model.evidence(0).rows()];
        for (int bin = 0; bin < bins.length; bin++) {
            if (bins[bin] > 0) {
                EvidenceColumn column = model.evidence(bin);
                for (int row = 0; row < logs.length; row++) {
                    logs[row] += bins[bin] * (double) column.log(row);
                }
            }
        }
        resize(logs.length);
        for (int row = 0; row < logs.length; row++) {
            rows[row] = Math.min(MOST, (rows[row] + 1) * Math.exp(logs[row]));
        }
    }

    /** As {@link EDetector#withRows}: each row starts at the evidence so far. */
    private void resize(int wanted) {
        if (rows.length != wanted) {
            double soFar = evidence();
            rows = new double[wanted];
            Arrays.fill(rows, soFar);
        }
    }

    /** Multiplies M by a factor of at most 1. */
    void forget(double factor) {
        for (int row = 0; row < rows.length; row++) {
            rows[row] *= factor;
        }
    }

    /** The mean over the rows; 0 before the first block. */
    double evidence() {
        double sum = 0;
        for (double row : rows) {
            sum += row / rows.length;
        }
        return sum;
    }

    /** Starts counting for the next alarm. */
    void reset() {
        Arrays.fill(rows, 0);
    }
}
