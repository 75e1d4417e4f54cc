// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

/** Puts numbers into cells, so that near numbers mostly share one; where cells end is shifted by an offset in [0, 1). */
final class Cells {
    /** Whole numbers up to here are counts, codes and flags more often than measurements: each is a cell of its own. */
    static final int DISTINCT = 16;

    /** Cells in which a number grows e-fold. */
    private static final double PER_E_FOLD = 2;

    /** Below this, cells no longer get smaller. */
    private static final double SMALL = 1e-3;

    /** Cells over all ranks. */
    private static final double RANKS = 8;

    private static final long WHOLE = 1L << 40;
    private static final long NOT_A_NUMBER = 1L << 41;

    private Cells() {}

    /** The cell on a signed logarithmic scale. */
    static long ofNumber(float value, double offset) {
        if (Float.isNaN(value)) {
            return NOT_A_NUMBER;
        }
        if (Math.abs(value) <= DISTINCT && value == (int) value) {
            return WHOLE + (int) value;
        }
        double scaled = PER_E_FOLD * Math.log1p(Math.abs(value) / SMALL);
        return (long) Math.floor(Math.copySign(scaled, value) + offset);
    }

    /** The cell of a rank in [0, 1]. */
    static long ofRank(double rank, double offset) {
        return (long) Math.floor(rank * RANKS + offset);
    }
}
