// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import java.util.stream.IntStream;

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

    /** Where whole numbers stand: many features are, and a logarithm takes long. */
    private static final double[] WHOLES =
            IntStream.range(0, 1024).mapToDouble(Cells::size).toArray();

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
        int whole = (int) Math.abs(value);
        double size = whole < WHOLES.length && whole == Math.abs(value) ? WHOLES[whole] : size(Math.abs(value));
        return Math.copySign(size, value);
    }

    private static double size(float value) {
        return PER_E_FOLD * Math.log1p(value / SMALL);
    }

    /** Where a rank in [0, 1] stands on a scale of its own, in cells. */
    static double scaledRank(double rank) {
        return rank * RANKS;
    }

    /** The cell of what stands there. */
    static long ofScaled(double scaled, double offset) {
        return (long) Math.floor(scaled + offset);
    }
}
