// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.measure;

/**
 * How much the recent answers of one endpoint and version leak.
 *
 * <p>Leak lift is the flagged share of live answers divided by the share among the calibration's non-members: 1 leaks
 * nothing, 30 flags thirty times as many answers as it would if nobody asked about a member. "Recent" is an exponential
 * window that halves every {@value #HALF_LIFE} answers, so it is the same however fast the answers come.
 */
final class LeakMeter {
    /** Answers in which the weight of an old answer halves. */
    public static final int HALF_LIFE = 20_000;

    private static final double DECAY = Math.pow(0.5, 1.0 / HALF_LIFE);

    private double answers;
    private double flagged;
    private double expected;

    /**
     * Adds one answer.
     *
     * @param isFlagged whether its score reached the flag cut
     * @param nullShare share of calibration non-members at or above that cut
     */
    public synchronized void add(boolean isFlagged, double nullShare) {
        answers = answers * DECAY + 1;
        flagged = flagged * DECAY + (isFlagged ? 1 : 0);
        expected = expected * DECAY + nullShare;
    }

    /** Flagged share of recent answers; NaN before the first. */
    public synchronized double flaggedShare() {
        return flagged / answers;
    }

    /** Leak lift of recent answers; NaN before the first, or where the calibration has no flagged non-member. */
    public synchronized double lift() {
        return expected == 0 ? Double.NaN : flagged / expected;
    }

    /** The weights. */
    synchronized LeakWindow window() {
        return new LeakWindow(answers, flagged, expected);
    }
}
