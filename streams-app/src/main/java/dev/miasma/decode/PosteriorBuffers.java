// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import java.util.ArrayList;
import java.util.List;

/**
 * Buffers of the posteriors of the newest predictions, taken in turn, so that predictions can go on together and none leaves
 * garbage behind. Not thread-safe.
 */
final class PosteriorBuffers {
    /** Predictions that are valid at a time. */
    static final int KEPT = 64;

    /** Longer ones are not kept, or a few large answers would hold a lot of memory for good. */
    private static final int LONGEST = 2_048;

    private static final int LENGTH = 128;

    private final List<double[]> kept = new ArrayList<>(KEPT);
    private int next;

    /**
     * Takes the buffer of a prediction.
     *
     * @return the one to fill next: that of the prediction {@value #KEPT} before, or a new one
     */
    double[] swap(double[] filled) {
        if (filled.length > LONGEST) {
            return new double[LENGTH];
        }
        if (kept.size() < KEPT) {
            kept.add(filled);
            return new double[LENGTH];
        }
        double[] oldest = kept.set(next, filled);
        next = (next + 1) % KEPT;
        return oldest;
    }
}
