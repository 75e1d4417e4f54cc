// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** Against brute force, on scores with many ties. */
class EvaluationPropertyTest {

    @Property(tries = 300, seed = "20261122")
    void calls_are_counted_as_brute_force_counts_them(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int members,
            @ForAll @IntRange(min = 1, max = 40) int nonMembers,
            @ForAll @DoubleRange(min = 0.01, max = 0.99) double prior) {
        double[] in = scores(seed, members, 1);
        double[] out = scores(seed + 1, nonMembers, 0);
        ReferenceScores reference =
                ReferenceScores.of("a reserve", scores(seed + 2, members, 1), scores(seed + 3, nonMembers, 0));
        LearntThreshold threshold = reference.balancedThreshold();

        AttackFigures figures = AttackFigures.of(audited(in, out, reference), 0, 0);

        double tpr = share(in, threshold.value());
        double fpr = share(out, threshold.value());
        Confusion confusion = figures.confusion();
        assertThat(confusion.recall()).isEqualTo(tpr, within(1e-12));
        assertThat(confusion.falsePositiveRate()).isEqualTo(fpr, within(1e-12));
        assertThat(confusion.balancedAccuracy()).isEqualTo((tpr + 1 - fpr) / 2, within(1e-12));
        assertThat(confusion.accuracy())
                .isEqualTo((tpr * members + (1 - fpr) * nonMembers) / (members + nonMembers), within(1e-12));
        if (tpr + fpr == 0) {
            assertThat(confusion.precision()).isEmpty();
            assertThat(confusion.ppv(prior)).isEmpty();
        } else {
            double ppv = prior * tpr / (prior * tpr + (1 - prior) * fpr);
            double precision = confusion.precision().orElseThrow();
            assertThat(precision).isEqualTo(tpr * members / (tpr * members + fpr * nonMembers), within(1e-12));
            assertThat(confusion.ppv(prior).orElseThrow()).isEqualTo(ppv, within(1e-12));
            assertThat(confusion.ppvOfPrecision(precision, prior)).isEqualTo(ppv, within(1e-9));
        }
        assertThat(figures.inverted()).isEqualTo(figures.roc().auc() < 0.5);
    }

    @Property(tries = 300, seed = "20261122")
    void the_threshold_at_a_rate_is_the_lowest_that_keeps_it(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 60) int members,
            @ForAll @IntRange(min = 1, max = 60) int nonMembers,
            @ForAll @DoubleRange(min = 0, max = 1) double fpr) {
        double[] in = scores(seed, members, 1);
        double[] out = scores(seed + 1, nonMembers, 0);

        ReferenceScores reference = ReferenceScores.of("a reserve", in, out);

        double brute = DoubleStream.concat(Arrays.stream(in), Arrays.stream(out))
                .filter(t -> share(out, t) <= fpr)
                .min()
                .orElse(Double.NaN);
        if (nonMembers * fpr < 1 || Double.isNaN(brute)) {
            assertThat(reference.thresholdAt(fpr)).isEmpty();
        } else {
            assertThat(reference.thresholdAt(fpr).orElseThrow().value()).isEqualTo(brute);
        }
    }

    @Property(tries = 300, seed = "20261122")
    void risk_is_the_best_precision_among_thresholds_that_catch_the_record(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int members,
            @ForAll @IntRange(min = 1, max = 40) int nonMembers,
            @ForAll @DoubleRange(min = 0.01, max = 0.99) double prior) {
        double[] in = scores(seed, members, 1);
        double[] out = scores(seed + 1, nonMembers, 0);
        RiskScale scale = ReferenceScores.of("a reserve", in, out).riskScale(prior);

        double before = prior;
        for (double score = -3; score <= 12; score += 0.5) {
            double s = score;
            double brute = DoubleStream.concat(Arrays.stream(in), Arrays.stream(out))
                    .filter(t -> t <= s)
                    .map(t -> {
                        double fpr = (1 + share(out, t) * nonMembers) / (1 + nonMembers);
                        return prior * share(in, t) / (prior * share(in, t) + (1 - prior) * fpr);
                    })
                    .filter(Double::isFinite)
                    .max()
                    .orElse(prior);
            assertThat(scale.of(score)).isEqualTo(Math.max(prior, brute), within(1e-12));
            assertThat(scale.of(score)).isBetween(before, 1.0);
            before = scale.of(score);
        }
    }

    @Property(tries = 50, seed = "20261122")
    void a_resample_of_constant_scores_gives_the_constant(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        ReferenceScores reference = ReferenceScores.of("a reserve", ones, new double[n]);

        AttackFigures figures = AttackFigures.of(audited(ones, new double[n], reference), 20, seed);

        assertThat(figures.interval(Figure.AUC)).hasValue(new Interval(1, 1));
        assertThat(figures.interval(Figure.BALANCED_ACCURACY)).hasValue(new Interval(1, 1));
        assertThat(figures.interval(Figure.FALSE_POSITIVE_RATE)).hasValue(new Interval(0, 0));
        assertThat(figures.interval(Figure.TPR_AT_10_PERCENT).isPresent()).isEqualTo(n >= 10);
    }

    static AuditedScores audited(double[] in, double[] out, ReferenceScores reference) {
        Yardstick yardstick = reference.yardstick(reference.balancedThreshold(), 0.5);
        AuditedScores.Builder builder = AuditedScores.builder(in.length, out.length);
        for (int i = 0; i < in.length; i++) {
            builder.judge(true, i, in[i], yardstick);
        }
        for (int i = 0; i < out.length; i++) {
            builder.judge(false, i, out[i], yardstick);
        }
        return builder.build();
    }

    /** Scores of ten levels, shifted for members. */
    private static double[] scores(long seed, int n, int shift) {
        return new Random(seed).ints(n, 0, 10).mapToDouble(i -> i + shift).toArray();
    }

    private static double share(double[] scores, double threshold) {
        return Arrays.stream(scores).filter(s -> s >= threshold).count() / (double) scores.length;
    }
}
