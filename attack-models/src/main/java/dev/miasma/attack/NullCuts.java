// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * What calibration non-members say of the benign null: cut values, how many scores are at or above each, and the
 * simultaneous bounds S_j = BetaInv(1 - delta / m; k_j + 1, n - k_j) that hold for all m cuts at once with probability
 * 1 - delta.
 *
 * <p>What evidence has to reckon with are bounds of their own, which hold for all cuts at once with the same probability.
 * Where delta is spread evenly they are the S_j. Where cut j has a share w_j of delta, they are BetaInv(1 - delta w_j; k_j
 * + 1, n - k_j), or that of a lower cut if smaller: see {@link EvidenceCuts}.
 *
 * <p>The arrays are never handed out or changed. Invariants: 1 <= m; cuts ascend; nominal rates and counts descend;
 * 1 <= k_j <= n - 1.
 */
final class NullCuts {

    /** Nominal false-positive rates of the cuts. */
    private static final double[] NOMINAL_RATES = {
        0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.001
    };

    /** A cut that fewer scores are expected at or above says too little to be kept. */
    private static final int FEWEST_ABOVE = 10;

    /** The smallest sample with a cut. */
    static final int FEWEST_SCORES = 12;

    /** What a sum of shares may be off by. */
    private static final double SHARE_ROUNDING = 1e-9;

    final int n;
    final double delta;
    final double[] cuts;
    final double[] nominalRates;
    final int[] atOrAbove;
    final double[] bounds;
    /** Parts of delta, one a cut; null where it is spread evenly. */
    final double @Nullable [] shares;
    /** Never above 1, nonincreasing. */
    final double[] evidenceBounds;

    /** Delta spread evenly over the cuts. */
    NullCuts(int n, double delta, double[] cuts, double[] nominalRates, int[] atOrAbove, double[] bounds) {
        this(n, delta, cuts, nominalRates, atOrAbove, bounds, null);
    }

    /**
     * @param bounds as {@link #bounds(int, double, int[])} gives them; a reader passes those of its file, equal up to
     *     another machine's rounding
     * @param shares parts of delta that the cuts' bounds for evidence may spend, each above 0, at most 1 together; null
     *     for even ones
     */
    NullCuts(
            int n,
            double delta,
            double[] cuts,
            double[] nominalRates,
            int[] atOrAbove,
            double[] bounds,
            double @Nullable [] shares) {
        requireSample(n, delta);
        if (cuts.length == 0
                || nominalRates.length != cuts.length
                || atOrAbove.length != cuts.length
                || bounds.length != cuts.length) {
            throw new IllegalArgumentException("cuts are " + cuts.length + " with " + nominalRates.length
                    + " nominal rates and " + atOrAbove.length + " counts; as many of each and at least 1 needed");
        }
        for (int j = 0; j < cuts.length; j++) {
            requireCut(j, n, cuts, nominalRates, atOrAbove);
        }
        this.n = n;
        this.delta = delta;
        this.cuts = cuts;
        this.nominalRates = nominalRates;
        this.atOrAbove = atOrAbove;
        this.bounds = bounds;
        this.shares = shares;
        this.evidenceBounds = shares == null ? bounds : evidenceBounds(n, delta, atOrAbove, shares);
    }

    private static double[] evidenceBounds(int n, double delta, int[] atOrAbove, double[] shares) {
        double[] bounds = new double[atOrAbove.length];
        double sum = 0;
        for (int j = 0; j < bounds.length; j++) {
            if (!(shares[j] > 0 && shares[j] <= 1)) {
                throw new IllegalArgumentException(
                        "evidence share of cut " + j + " is " + shares[j] + "; above 0 and at most 1 needed");
            }
            sum += shares[j];
            double bound = ClopperPearson.upperBound(atOrAbove[j], n, delta * shares[j]);
            bounds[j] = j == 0 ? bound : Math.min(bound, bounds[j - 1]);
        }
        if (!(sum <= 1 + SHARE_ROUNDING)) {
            throw new IllegalArgumentException("evidence shares add up to " + sum + "; at most 1 needed");
        }
        return bounds;
    }

    /** The simultaneous bounds S_j, one a cut. */
    static double[] bounds(int n, double delta, int[] atOrAbove) {
        return Arrays.stream(atOrAbove)
                .mapToDouble(k -> ClopperPearson.upperBound(k, n, delta / atOrAbove.length))
                .toArray();
    }

    /**
     * Cuts at the nominal rates: for rate r the score of rank round(n r) from the highest. Dropped where n r < 10 and
     * where no score is below; equal cuts are merged into one of the highest nominal rate.
     */
    static NullCuts of(double[] scores, double delta) {
        return of(scores, delta, EvidenceCuts.NONE);
    }

    /**
     * The same with further cuts, and delta shared out for the evidence as they say. Where no score lies between a further
     * cut and one at a nominal rate, that one stays and takes the larger share.
     *
     * @param evidence independent of the scores
     */
    static NullCuts of(double[] scores, double delta, EvidenceCuts evidence) {
        requireScores("non-member scores", scores);
        requireSample(scores.length, delta);
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        double[] cuts = new double[NOMINAL_RATES.length];
        double[] rates = new double[NOMINAL_RATES.length];
        int[] counts = new int[NOMINAL_RATES.length];
        int m = 0;
        for (double rate : NOMINAL_RATES) {
            long rank = Math.round(n * rate);
            if (n * rate < FEWEST_ABOVE - 1e-9) {
                break;
            }
            double cut = sorted[n - (int) rank];
            if (cut > sorted[0] && (m == 0 || cut > cuts[m - 1])) {
                cuts[m] = cut;
                rates[m] = rate;
                counts[m++] = n - firstAtOrAbove(sorted, cut);
            }
        }
        if (m == 0) {
            throw new IllegalArgumentException("non-member scores are nearly all " + sorted[0]
                    + "; scores that differ needed, this statistic can't tell queries apart");
        }
        int[] atOrAbove = Arrays.copyOf(counts, m);
        NullCuts nominal = new NullCuts(
                n, delta, Arrays.copyOf(cuts, m), Arrays.copyOf(rates, m), atOrAbove, bounds(n, delta, atOrAbove));
        return evidence.scores.length == 0 ? nominal : MergedCuts.of(nominal, evidence, sorted);
    }

    /** The nominal rates, descending. */
    static DoubleStream nominalRates() {
        return Arrays.stream(NOMINAL_RATES);
    }

    /** How many nominal rates as many scores have cuts for at most, whatever the scores are. */
    static int mostCuts(int n) {
        return (int)
                nominalRates().filter(rate -> n * rate >= FEWEST_ABOVE - 1e-9).count();
    }

    /** Whether a cut is one at a nominal rate, and not one for the evidence alone. */
    boolean isNominal(int cut) {
        return shares == null || nominalRates().anyMatch(rate -> rate == nominalRates[cut]);
    }

    /** How many non-members each bin holds. */
    int[] counts() {
        int[] counts = new int[cuts.length + 1];
        for (int bin = 0; bin < counts.length; bin++) {
            counts[bin] = (bin == 0 ? n : atOrAbove[bin - 1]) - (bin == cuts.length ? 0 : atOrAbove[bin]);
        }
        return counts;
    }

    /** The bin of a score: the number of cuts at or below it. */
    int bin(double score) {
        int low = 0;
        int high = cuts.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (score >= cuts[middle]) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The cut whose nominal rate is nearest to a rate, as a ratio. */
    int nearest(double rate) {
        int best = 0;
        for (int j = 1; j < cuts.length; j++) {
            if (distance(nominalRates[j], rate) < distance(nominalRates[best], rate)) {
                best = j;
            }
        }
        return best;
    }

    static void requireScores(String name, double[] scores) {
        for (int i = 0; i < scores.length; i++) {
            if (!Double.isFinite(scores[i])) {
                throw new IllegalArgumentException(name + "[" + i + "] is " + scores[i] + "; a finite number needed");
            }
        }
    }

    private static void requireSample(int n, double delta) {
        if (n < FEWEST_SCORES) {
            throw new IllegalArgumentException(
                    "calibration non-members are " + n + "; at least " + FEWEST_SCORES + " needed");
        }
        if (!(delta > 0 && delta < 1)) {
            throw new IllegalArgumentException("delta is " + delta + "; between 0 and 1 needed");
        }
    }

    private static double distance(double a, double b) {
        return Math.max(a / b, b / a);
    }

    static int firstAtOrAbove(double[] sorted, double cut) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] >= cut) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static void requireCut(int j, int n, double[] cuts, double[] nominalRates, int[] atOrAbove) {
        double least = j == 0 ? Double.NEGATIVE_INFINITY : cuts[j - 1];
        if (!(Double.isFinite(cuts[j]) && cuts[j] > least)) {
            throw new IllegalArgumentException(
                    "cut " + j + " is " + cuts[j] + "; finite and above " + least + " needed");
        }
        double highest = j == 0 ? 1 : nominalRates[j - 1];
        if (!(nominalRates[j] > 0 && nominalRates[j] < highest)) {
            throw new IllegalArgumentException(
                    "nominal rate " + j + " is " + nominalRates[j] + "; above 0 and below " + highest + " needed");
        }
        int most = j == 0 ? n : atOrAbove[j - 1];
        if (!(atOrAbove[j] > 0 && atOrAbove[j] < most)) {
            throw new IllegalArgumentException("non-members at or above cut " + j + " are " + atOrAbove[j]
                    + "; above 0 and below " + most + " needed");
        }
    }
}
