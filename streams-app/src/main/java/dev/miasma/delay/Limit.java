// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.delay;

import dev.miasma.score.AttackScore;
import java.util.Arrays;

/**
 * How soon any test could find a prober by the bins of its attack scores: about ln(c) / KL queries, with c the threshold
 * and KL the divergence of the probe's bins from the null's (Wald, "Sequential Analysis", 1947; Lorden, "Procedures for
 * reacting to a change in distribution", 1971).
 */
final class Limit {
    /** What sums of shares may be off by. */
    private static final double ROUNDING = 1e-12;

    private final double[] out;
    private final double[] in;
    private final double[] extremal;

    /**
     * Takes the distribution of live records over the bins, with half a pseudo-count a bin.
     *
     * @param extremal mass of each bin under the extremal null of the calibration
     */
    Limit(RecordAnswers answers, double[][] members, double[][] nonMembers, double[] extremal) {
        this.extremal = extremal.clone();
        in = shares(answers, members, extremal.length);
        out = shares(answers, nonMembers, extremal.length);
    }

    private static double[] shares(RecordAnswers answers, double[][] records, int bins) {
        double[] shares = new double[bins];
        Arrays.fill(shares, 0.5);
        for (double[] record : records) {
            AttackScore attack = answers.ofRecord(record).attack();
            if (attack == null || attack.bin() >= bins) {
                throw new IllegalStateException("a record has no bin of the calibration");
            }
            shares[attack.bin()]++;
        }
        double sum = Arrays.stream(shares).sum();
        return Arrays.stream(shares).map(share -> share / sum).toArray();
    }

    /** ln(c) / KL against live non-members: for a test that knows them exactly. */
    double againstLive(double memberShare, double threshold) {
        return Math.log(threshold) / divergence(probe(memberShare), out);
    }

    /**
     * ln(c) / KL against the null that is hardest to tell from the probe, of all that the calibration allows: for any test
     * that knows non-members from the calibration alone. Infinite where the probe itself is one of them.
     */
    double againstCalibrated(double memberShare, double threshold) {
        return Math.log(threshold) / growth(probe(memberShare), extremal);
    }

    /**
     * The most that ln L can grow by a query on average, over all evidence that is nondecreasing over the bins and has mean
     * 1 under the extremal null, which is all that bears every allowed null. That evidence is the isotonic regression of
     * the ratio of probe and extremal null (Grunwald, de Heide and Koolen, "Safe testing", 2024: growth-rate optimality).
     * Where the ratio is nondecreasing itself, this is the divergence from the extremal null.
     */
    static double growth(double[] probe, double[] extremal) {
        int blocks = 0;
        double[] top = new double[probe.length];
        double[] bottom = new double[probe.length];
        for (int bin = 0; bin < probe.length; bin++) {
            top[blocks] = probe[bin];
            bottom[blocks] = extremal[bin];
            // Pool adjacent violators.
            while (blocks > 0 && top[blocks - 1] * bottom[blocks] >= top[blocks] * bottom[blocks - 1]) {
                top[blocks - 1] += top[blocks];
                bottom[blocks - 1] += bottom[blocks];
                blocks--;
            }
            blocks++;
        }
        double growth = divergence(Arrays.copyOf(top, blocks), Arrays.copyOf(bottom, blocks));
        return growth > ROUNDING ? growth : 0;
    }

    private double[] probe(double memberShare) {
        double[] probe = new double[in.length];
        Arrays.setAll(probe, bin -> (1 - memberShare) * out[bin] + memberShare * in[bin]);
        return probe;
    }

    /** KL of one distribution from another, nats. */
    static double divergence(double[] probe, double[] null0) {
        double sum = 0;
        for (int bin = 0; bin < probe.length; bin++) {
            sum += probe[bin] == 0 ? 0 : probe[bin] * Math.log(probe[bin] / null0[bin]);
        }
        return sum;
    }
}
