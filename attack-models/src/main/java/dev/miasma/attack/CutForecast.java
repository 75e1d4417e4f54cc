// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Where evidence could be cut, and how fast it would grow with some of these cuts: see {@link EvidenceCuts}. */
final class CutForecast {

    private static final double[] MEMBER_QUANTILES = {
        0, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98
    };

    /** Shares of members among a prober's queries. */
    private static final double[] MEMBER_SHARES = {0.2, 0.5, 1};

    /** A cut that fewer calibration non-members are expected at or above says too little. */
    private static final double FEWEST_ABOVE = 10;

    private static final double HIGHEST_RATE = 0.99;

    /** Beyond this many the bounds are so narrow that more change no choice. */
    private static final int MOST_TRIALS = 20_000;

    private static final double LEAST_MASS = 1e-5;

    private final double[] scores;
    private final double[] othersAbove;
    private final double[] membersAbove;
    private final int trials;
    private final double delta;
    private final double[] limits;

    private CutForecast(double[] scores, double[] othersAbove, double[] membersAbove, int trials, double delta) {
        this.scores = scores;
        this.othersAbove = othersAbove;
        this.membersAbove = membersAbove;
        this.trials = trials;
        this.delta = delta;
        int[] all = IntStream.range(0, scores.length).toArray();
        double[] others = mass(picked(othersAbove, all));
        double[] members = mass(picked(membersAbove, all));
        limits = Arrays.stream(MEMBER_SHARES)
                .map(share -> divergence(Grow.probe(share, others, members), others))
                .toArray();
    }

    /**
     * Takes quantiles of members and of others for candidates.
     *
     * @param n non-members that the bounds will come from
     * @param delta what all bounds together may fail with
     */
    static CutForecast of(double[] members, double[] others, int n, double delta) {
        double[] in = sorted(members);
        double[] out = sorted(others);
        double[] candidates = Arrays.stream(MEMBER_QUANTILES)
                .map(quantile -> in[(int) (quantile * (in.length - 1))])
                .toArray();
        double[] more = NullCuts.nominalRates()
                .map(rate -> out[(int) ((1 - rate) * (out.length - 1))])
                .toArray();
        double[] all = Arrays.copyOf(candidates, candidates.length + more.length);
        System.arraycopy(more, 0, all, candidates.length, more.length);
        double[] kept = new double[all.length];
        int size = 0;
        double above = 1;
        for (double score : sorted(all)) {
            double share = shareAbove(out, score);
            if (share < above && share < HIGHEST_RATE && share * n >= FEWEST_ABOVE) {
                kept[size++] = score;
                above = share;
            }
        }
        double[] scores = Arrays.copyOf(kept, size);
        return new CutForecast(
                scores,
                Arrays.stream(scores).map(score -> shareAbove(out, score)).toArray(),
                Arrays.stream(scores).map(score -> shareAbove(in, score)).toArray(),
                Math.min(n, MOST_TRIALS),
                delta);
    }

    int candidates() {
        return scores.length;
    }

    double score(int candidate) {
        return scores[candidate];
    }

    /**
     * The growth rate of evidence with some cuts, over its limit, averaged over shares of members.
     *
     * @param cuts candidates, ascending
     * @param shares of delta, one a cut
     */
    double rate(int[] cuts, double[] shares) {
        double[] out = picked(othersAbove, cuts);
        double[] bounds = new double[cuts.length];
        for (int j = 0; j < bounds.length; j++) {
            double bound = ClopperPearson.upperBound(Math.round(out[j] * trials), trials, delta * shares[j]);
            bounds[j] = j == 0 ? bound : Math.min(bound, bounds[j - 1]);
        }
        double[] extremal = EvidenceTable.mass(bounds);
        double[] others = mass(out);
        double[] members = mass(picked(membersAbove, cuts));
        double rate = 0;
        for (int i = 0; i < MEMBER_SHARES.length; i++) {
            double[] probe = Grow.probe(MEMBER_SHARES[i], others, members);
            rate += Grow.rate(probe, Grow.evidence(probe, extremal)) / limits[i] / MEMBER_SHARES.length;
        }
        return rate;
    }

    private static double[] picked(double[] values, int[] indexes) {
        return Arrays.stream(indexes).mapToDouble(i -> values[i]).toArray();
    }

    /** Masses of the bins between cuts, none of them 0. */
    private static double[] mass(double[] above) {
        double[] mass = new double[above.length + 1];
        double sum = 0;
        for (int bin = 0; bin < mass.length; bin++) {
            double from = bin == 0 ? 1 : above[bin - 1];
            double to = bin == above.length ? 0 : above[bin];
            mass[bin] = Math.max(from - to, LEAST_MASS);
            sum += mass[bin];
        }
        for (int bin = 0; bin < mass.length; bin++) {
            mass[bin] /= sum;
        }
        return mass;
    }

    private static double divergence(double[] probe, double[] others) {
        double sum = 0;
        for (int bin = 0; bin < probe.length; bin++) {
            sum += probe[bin] * StrictMath.log(probe[bin] / others[bin]);
        }
        return Math.max(sum, LEAST_MASS);
    }

    /** With half a pseudo-count on either side. */
    private static double shareAbove(double[] sorted, double score) {
        return (sorted.length - NullCuts.firstAtOrAbove(sorted, score) + 0.5) / (sorted.length + 1.0);
    }

    private static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
