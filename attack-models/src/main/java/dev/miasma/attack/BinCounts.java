// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

/** Numbers of scores in a calibration's bins. */
final class BinCounts {

    private BinCounts() {}

    /**
     * The number of all scores.
     *
     * @throws IllegalArgumentException if there isn't one count a bin, or one is negative
     */
    static long total(Calibration calibration, long[] counts) {
        if (counts.length != calibration.bins()) {
            throw new IllegalArgumentException(
                    "counts are " + counts.length + "; one for each of " + calibration.bins() + " bins needed");
        }
        long total = 0;
        for (int bin = 0; bin < counts.length; bin++) {
            if (counts[bin] < 0) {
                throw new IllegalArgumentException(
                        "count of bin " + bin + " is " + counts[bin] + "; at least 0 needed");
            }
            total = Math.addExact(total, counts[bin]);
        }
        return total;
    }
}
