// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import java.util.Arrays;

/**
 * How the scores of a calibration lie, in bars of equal width from the lowest score to the highest: for people to look
 * at, no decision depends on it. Immutable.
 */
public final class ScoreHistogram {

    /** Number of bars made from scores. */
    static final int BARS = 50;

    private final double low;
    private final double high;
    private final int[] nonMembers;
    private final int[] members;

    /**
     * @param low the left end, finite
     * @param high the right end, finite and not below {@code low}
     * @param nonMembers counts, one a bar
     * @param members counts, as many
     */
    ScoreHistogram(double low, double high, int[] nonMembers, int[] members) {
        if (!(Double.isFinite(low) && Double.isFinite(high) && low <= high)) {
            throw new IllegalArgumentException(
                    "histogram goes from " + low + " to " + high + "; finite ends in order needed");
        }
        if (nonMembers.length == 0 || members.length != nonMembers.length) {
            throw new IllegalArgumentException("histogram has " + nonMembers.length + " bars of non-members and "
                    + members.length + " of members; as many and at least 1 needed");
        }
        requireCounts(nonMembers);
        requireCounts(members);
        this.low = low;
        this.high = high;
        this.nonMembers = nonMembers.clone();
        this.members = members.clone();
    }

    static ScoreHistogram of(double[] nonMemberScores, double[] memberScores) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double[] scores : new double[][] {nonMemberScores, memberScores}) {
            for (double score : scores) {
                low = Math.min(low, score);
                high = Math.max(high, score);
            }
        }
        return new ScoreHistogram(low, high, count(nonMemberScores, low, high), count(memberScores, low, high));
    }

    /** The left end of the first bar. */
    public double low() {
        return low;
    }

    /** The right end of the last bar. */
    public double high() {
        return high;
    }

    /** Number of bars. */
    public int bars() {
        return nonMembers.length;
    }

    /** Share of the non-members in a bar; 0 if there are none. */
    public double nonMemberShare(int bar) {
        return share(nonMembers, bar);
    }

    /** Share of the members in a bar; 0 if there are none. */
    public double memberShare(int bar) {
        return share(members, bar);
    }

    int[] nonMemberCounts() {
        return nonMembers.clone();
    }

    int[] memberCounts() {
        return members.clone();
    }

    private static double share(int[] counts, int bar) {
        long total = Arrays.stream(counts).asLongStream().sum();
        return total == 0 ? 0 : counts[bar] / (double) total;
    }

    private static int[] count(double[] scores, double low, double high) {
        int[] counts = new int[BARS];
        for (double score : scores) {
            // Halved before subtracting: the range of two finite numbers may be infinite.
            double at = high > low ? (score / 2 - low / 2) / (high / 2 - low / 2) : 0;
            counts[Math.min(BARS - 1, (int) (at * BARS))]++;
        }
        return counts;
    }

    private static void requireCounts(int[] counts) {
        for (int count : counts) {
            if (count < 0) {
                throw new IllegalArgumentException("histogram count is " + count + "; at least 0 needed");
            }
        }
    }
}
