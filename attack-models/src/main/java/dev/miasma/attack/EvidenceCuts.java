// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The few cuts that evidence turns on, with the part of delta that each may spend. A bound at level delta / 14 is wide; a
 * table that jumps at one cut needs no other bound, and that one may have nearly all of delta.
 *
 * <p>They are chosen on scores that the bounds don't come from: those of known members, and of the non-members that the
 * attack was trained on. The bounds hold whatever those are like, as long as they are independent of the calibration's
 * non-members; only how fast probers are found depends on them. For the same reason {@link #EVENLY} of delta is kept for
 * the cuts at nominal rates.
 *
 * <p>Greedy: the best single cut, then further ones, each with a part of delta taken from the others in proportion, while
 * the growth rate of evidence, over what it could be if non-members were known exactly, still gains. The rate is that of
 * {@link Grow}, for clients of whose queries a share of 0.2, 0.5 and 1 are members, with the bounds that the calibration
 * will have where its non-members score as those of the training do.
 */
final class EvidenceCuts {

    /** The part of delta that stays with the cuts at nominal rates, spread evenly. */
    static final double EVENLY = 0.1;

    /** With fewer scores of a side than this, they say too little of where to cut. */
    static final int FEWEST = 100;

    /** No such cuts: delta is spread evenly. */
    static final EvidenceCuts NONE = new EvidenceCuts(new double[0], new double[0]);

    private static final int MOST = 6;
    private static final double[] PARTS = {0.05, 0.2, 0.5};
    private static final double LEAST_GAIN = 1.005;

    /** Ascending. */
    final double[] scores;
    /** Parts of delta, adding up to 1 - {@link #EVENLY}. */
    final double[] shares;

    EvidenceCuts(double[] scores, double[] shares) {
        this.scores = scores;
        this.shares = shares;
    }

    /**
     * Chooses cuts.
     *
     * @param members finite scores of known members
     * @param others finite scores of non-members that calibration doesn't see
     * @param n number of the calibration's non-members
     * @param delta chance that a bound fails, in (0, 1)
     */
    static EvidenceCuts of(double[] members, double[] others, int n, double delta) {
        if (members.length < FEWEST || others.length < FEWEST) {
            return NONE;
        }
        CutForecast forecast = CutForecast.of(members, others, n, delta * (1 - EVENLY));
        Choice best = null;
        for (int i = 0; i < forecast.candidates(); i++) {
            best = better(best, Choice.of(forecast, new int[] {i}, new double[] {1}));
        }
        if (best == null) {
            return NONE;
        }
        while (best.cuts.length < MOST) {
            Choice more = extended(forecast, best);
            if (more == null || more.rate < best.rate * LEAST_GAIN) {
                break;
            }
            best = more;
        }
        return new EvidenceCuts(
                Arrays.stream(best.cuts).mapToDouble(forecast::score).toArray(),
                Arrays.stream(best.shares).map(share -> share * (1 - EVENLY)).toArray());
    }

    private static @Nullable Choice extended(CutForecast forecast, Choice choice) {
        Choice best = null;
        for (int i = 0; i < forecast.candidates(); i++) {
            int found = Arrays.binarySearch(choice.cuts, i);
            if (found >= 0) {
                continue;
            }
            int at = -found - 1;
            for (double part : PARTS) {
                best = better(best, Choice.of(forecast, with(choice.cuts, at, i), with(choice.shares, at, part)));
            }
        }
        return best;
    }

    private static Choice better(@Nullable Choice one, Choice other) {
        return one == null || other.rate > one.rate ? other : one;
    }

    private static int[] with(int[] cuts, int at, int cut) {
        int[] more = new int[cuts.length + 1];
        System.arraycopy(cuts, 0, more, 0, at);
        more[at] = cut;
        System.arraycopy(cuts, at, more, at + 1, cuts.length - at);
        return more;
    }

    private static double[] with(double[] shares, int at, double part) {
        double[] more = new double[shares.length + 1];
        for (int i = 0; i < more.length; i++) {
            more[i] = i == at ? part : shares[i < at ? i : i - 1] * (1 - part);
        }
        return more;
    }

    /** Candidates by number, ascending, with their parts of delta and what is forecast of them. */
    private static final class Choice {
        private final int[] cuts;
        private final double[] shares;
        private final double rate;

        private Choice(int[] cuts, double[] shares, double rate) {
            this.cuts = cuts;
            this.shares = shares;
            this.rate = rate;
        }

        private static Choice of(CutForecast forecast, int[] cuts, double[] shares) {
            return new Choice(cuts, shares, forecast.rate(cuts, shares));
        }
    }
}
