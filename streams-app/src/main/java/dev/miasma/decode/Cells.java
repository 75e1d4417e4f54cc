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

    /** Whether a number has a cell that no offset shifts. */
    static boolean isOwnCell(float value) {
        return Float.isNaN(value) || (Math.abs(value) <= DISTINCT && value == (int) value);
    }

    /** That cell. */
    static long ownCell(float value) {
        return Float.isNaN(value) ? NOT_A_NUMBER : WHOLE + (int) value;
    }

    /** Where any other number stands on a signed logarithmic scale, in cells; never NaN. */
    static double scaled(float value) {
        return Math.copySign(PER_E_FOLD * Math.log1p(Math.abs(value) / SMALL), value);
    }

    /** The cell of that. */
    static long ofScaled(double scaled, double offset) {
        return (long) Math.floor(scaled + offset);
    }

    /** The cell of a rank in [0, 1]. */
    static long ofRank(double rank, double offset) {
        return (long) Math.floor(rank * RANKS + offset);
    }
}
