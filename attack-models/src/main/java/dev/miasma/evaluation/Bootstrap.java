// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.evaluation;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Percentile bootstrap (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13), stratified: every
 * resample draws as many members and as many non-members as there are. Attack and threshold stay as they were learnt,
 * so an interval says how sure a figure is of this attack, not how another shadow would do. The same seed draws the same
 * records for every attack on the same records.
 *
 * <p>Scores are turned into ranks once; a resample then takes one pass over the records and one over the ranks.
 */
final class Bootstrap {

    /** Chance that an interval is meant to cover the figure with. */
    static final double COVERAGE = 0.95;

    private final int[][] levels;
    private final boolean[][] called;
    private final int levelCount;
    private final int[] allowed;

    private final int[] drawnMembers;
    private final int[] drawnNonMembers;

    Bootstrap(AuditedScores audited) {
        double[] in = withoutNegativeZero(audited.view(true));
        double[] out = withoutNegativeZero(audited.view(false));
        double[] distinct =
                Arrays.stream(concatenated(in, out)).sorted().distinct().toArray();
        levelCount = distinct.length;
        levels = new int[][] {ranks(out, distinct), ranks(in, distinct)};
        called = new boolean[][] {calls(audited, false), calls(audited, true)};
        drawnMembers = new int[levelCount];
        drawnNonMembers = new int[levelCount];
        allowed = new int[Figure.RATES.length];
        for (int i = 0; i < allowed.length; i++) {
            while (allowed[i] < out.length && (allowed[i] + 1) / (double) out.length <= Figure.RATES[i]) {
                allowed[i]++;
            }
        }
    }

    /**
     * Intervals of all figures.
     *
     * @param resamples at least 1
     */
    Map<Figure, Interval> intervals(int resamples, long seed) {
        if (resamples < 1) {
            throw new IllegalArgumentException("resamples are " + resamples + "; at least 1 needed");
        }
        SplittableRandom random = new SplittableRandom(seed);
        Map<Figure, double[]> values = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.values()) {
            values.put(figure, new double[resamples]);
        }
        for (int b = 0; b < resamples; b++) {
            resample(random, values, b);
        }
        Map<Figure, Interval> intervals = new EnumMap<>(Figure.class);
        for (Map.Entry<Figure, double[]> figure : values.entrySet()) {
            // Precision has no value where nobody was called.
            double[] sorted = Arrays.stream(figure.getValue())
                    .filter(Double::isFinite)
                    .sorted()
                    .toArray();
            if (sorted.length > 0) {
                intervals.put(
                        figure.getKey(),
                        new Interval(quantile(sorted, (1 - COVERAGE) / 2), quantile(sorted, (1 + COVERAGE) / 2)));
            }
        }
        return intervals;
    }

    private void resample(SplittableRandom random, Map<Figure, double[]> values, int b) {
        int tp = draw(random, levels[1], called[1], drawnMembers);
        int fp = draw(random, levels[0], called[0], drawnNonMembers);
        int members = levels[1].length;
        int nonMembers = levels[0].length;
        sweep(values, b);
        double recall = tp / (double) members;
        double fpr = fp / (double) nonMembers;
        put(values, Figure.RECALL, b, recall);
        put(values, Figure.FALSE_POSITIVE_RATE, b, fpr);
        put(values, Figure.BALANCED_ACCURACY, b, (1 + recall - fpr) / 2);
        put(values, Figure.ACCURACY, b, (tp + nonMembers - fp) / (double) (members + nonMembers));
        put(values, Figure.PRECISION, b, tp / (double) (tp + fp));
    }

    /** Draws with replacement and counts by rank. Returns how many of the drawn were called members. */
    private static int draw(SplittableRandom random, int[] levels, boolean[] called, int[] drawn) {
        Arrays.fill(drawn, 0);
        int calls = 0;
        for (int i = 0; i < levels.length; i++) {
            int record = random.nextInt(levels.length);
            drawn[levels[record]]++;
            calls += called[record] ? 1 : 0;
        }
        return calls;
    }

    /** The curve of the resample, from the highest score to the lowest. */
    private void sweep(Map<Figure, double[]> values, int b) {
        double members = levels[1].length;
        double nonMembers = levels[0].length;
        int tp = 0;
        int fp = 0;
        long doubledWins = 0;
        double best = 0;
        int[] caught = new int[allowed.length];
        for (int level = levelCount - 1; level >= 0; level--) {
            int in = drawnMembers[level];
            int out = drawnNonMembers[level];
            // A non-member loses to every higher member and to half of the equal ones; doubled to stay exact.
            doubledWins += (long) out * (2L * tp + in);
            tp += in;
            fp += out;
            best = Math.max(best, tp / members - fp / nonMembers);
            for (int i = 0; i < allowed.length; i++) {
                if (fp <= allowed[i]) {
                    caught[i] = tp;
                }
            }
        }
        put(values, Figure.AUC, b, doubledWins / (2 * members * nonMembers));
        put(values, Figure.BEST_BALANCED_ACCURACY, b, (1 + best) / 2);
        for (int i = 0; i < allowed.length; i++) {
            put(values, Figure.AT_RATE[i], b, caught[i] / members);
        }
    }

    @SuppressWarnings("NullAway") // Every figure has its array.
    private static void put(Map<Figure, double[]> values, Figure figure, int b, double value) {
        values.get(figure)[b] = value;
    }

    /** Between the order statistics around (n - 1) share, linearly. */
    static double quantile(double[] sorted, double share) {
        double place = (sorted.length - 1) * share;
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    private static int[] ranks(double[] scores, double[] distinct) {
        int[] ranks = new int[scores.length];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = Arrays.binarySearch(distinct, scores[i]);
        }
        return ranks;
    }

    /** Sorting and searching tell -0.0 from 0.0; an attack does not. */
    private static double[] withoutNegativeZero(double[] scores) {
        return Arrays.stream(scores).map(score -> score + 0.0).toArray();
    }

    private static boolean[] calls(AuditedScores audited, boolean members) {
        boolean[] calls = new boolean[audited.size(members)];
        for (int i = 0; i < calls.length; i++) {
            calls[i] = audited.called(members, i);
        }
        return calls;
    }

    private static double[] concatenated(double[] first, double[] second) {
        double[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
