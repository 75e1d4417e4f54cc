// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionTestTest {
    private static final double THRESHOLD = 20;

    private final VersionTest test = new VersionTest("1");

    private void add(String version, long second, long flagged, long others) {
        test.add(Blocks.of(version, second, flagged, others));
    }

    /** The mean of a step's factor over all outcomes, not over a sample of them. */
    @Property(tries = 500, seed = "20261122")
    void a_step_has_mean_at_most_one_where_b_leaks_no_more_than_a(
            @ForAll @IntRange(min = 1, max = 12) int scoredA,
            @ForAll @IntRange(min = 1, max = 12) int scoredB,
            @ForAll @Scale(3) @DoubleRange(min = 0, max = 1) double trueA,
            @ForAll @Scale(3) @DoubleRange(min = 0, max = 1) double shareOfA,
            @ForAll @Scale(3) @DoubleRange(min = 0.001, max = 0.999) double rateA,
            @ForAll @Scale(3) @DoubleRange(min = 0.001, max = 0.999) double rateB) {
        double mean = 0;
        for (int a = 0; a <= scoredA; a++) {
            for (int b = 0; b <= scoredB; b++) {
                mean += binomial(scoredA, a, trueA)
                        * binomial(scoredB, b, trueA * shareOfA)
                        * Math.exp(VersionTest.logFactor(scoredA, a, scoredB, b, rateA, rateB));
            }
        }

        assertThat(mean).isLessThanOrEqualTo(1 + 1e-9);
    }

    private static double binomial(int n, int k, double p) {
        double probability = Math.pow(p, k) * Math.pow(1 - p, n - k);
        for (int i = 1; i <= k; i++) {
            probability *= (n - k + i) / (double) i;
        }
        return probability;
    }

    /** P(ever at or above c) is at most 1 / c; 400 runs, three standard errors of room. */
    @Property(tries = 12, seed = "20261122")
    void a_version_that_leaks_no_more_is_seldom_called_worse(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
            @ForAll @Scale(3) @DoubleRange(min = 0.002, max = 0.5) double rateA,
            @ForAll @Scale(3) @DoubleRange(min = 0.2, max = 1) double shareOfA,
            @ForAll @IntRange(min = 1, max = 15) int mostInBlock) {
        int runs = 400;
        double equal = everAbove(new SplittableRandom(seed), runs, rateA, rateA, mostInBlock);
        double less = everAbove(new SplittableRandom(seed + 1), runs, rateA, rateA * shareOfA, mostInBlock);

        double room = 3 * Math.sqrt(1 / THRESHOLD * (1 - 1 / THRESHOLD) / runs);
        assertThat(equal).isLessThanOrEqualTo(1 / THRESHOLD + room);
        assertThat(less).isLessThanOrEqualTo(1 / THRESHOLD + room);
    }

    private static double everAbove(SplittableRandom random, int runs, double rateA, double rateB, int mostInBlock) {
        int above = 0;
        for (int run = 0; run < runs; run++) {
            above += queriesUntil(THRESHOLD, random, rateA, rateB, mostInBlock, 300) < Long.MAX_VALUE ? 1 : 0;
        }
        return above / (double) runs;
    }

    /** Queries of both versions until E reaches a threshold, in blocks of random size that come in random order. */
    private static long queriesUntil(
            double threshold, SplittableRandom random, double rateA, double rateB, int mostInBlock, int blocks) {
        VersionTest test = new VersionTest("1");
        long queries = 0;
        for (int second = 0; second < blocks; second++) {
            boolean ofB = random.nextBoolean();
            int size = random.nextInt(1, mostInBlock + 1);
            long flagged = 0;
            for (int query = 0; query < size; query++) {
                flagged += random.nextDouble() < (ofB ? rateB : rateA) ? 1 : 0;
            }
            queries += size;
            test.add(Blocks.of(ofB ? "2" : "1", second, flagged, size - flagged));
            if (test.evidence() >= threshold) {
                return queries;
            }
        }
        return Long.MAX_VALUE;
    }

    /** At the threshold of the default budget, c = 10,000,000. Half of the queries are each version's. */
    @ParameterizedTest
    @CsvSource({"0.01, 0.03, 20, 5500", "0.01, 0.1, 20, 700", "0.05, 0.1, 20, 3500", "0.01, 0.03, 200, 5500"})
    void a_version_that_leaks_more_is_found(double rateA, double rateB, int mostInBlock, long mostOfEach) {
        var random = new SplittableRandom(20261122);
        long[] delays = new long[101];
        for (int run = 0; run < delays.length; run++) {
            delays[run] = queriesUntil(1e7, random, rateA, rateB, mostInBlock, 20_000) / 2;
        }

        Arrays.sort(delays);
        assertThat(delays[50]).isLessThanOrEqualTo(mostOfEach);
        assertThat(delays[100]).isLessThan(Long.MAX_VALUE / 2);
    }

    @Test
    void a_step_waits_for_both_versions() {
        add("1", 0, 1, 9);
        add("1", 1, 0, 5);
        assertThat(test.a.scored).isZero();
        assertThat(test.a.nextScored).isEqualTo(15);

        add("2", 2, 2, 2);

        assertThat(test.a.counts()).isEqualTo(new EndpointAlert.Flagged(15, 1));
        assertThat(test.b.counts()).isEqualTo(new EndpointAlert.Flagged(4, 2));
        assertThat(test.a.nextScored + test.b.nextScored).isZero();
    }

    @Test
    void counts_that_wait_for_longer_than_an_hour_are_given_up() {
        add("1", 0, 100, 0);
        add("2", 3_601, 1, 0);
        add("1", 3_602, 2, 3);

        assertThat(test.a.counts()).isEqualTo(new EndpointAlert.Flagged(5, 2));
        assertThat(test.b.counts()).isEqualTo(new EndpointAlert.Flagged(1, 1));
    }

    @Test
    void the_first_step_says_nothing_for_want_of_a_past() {
        add("1", 0, 0, 1000);
        add("2", 1, 1000, 0);

        assertThat(test.logEvidence).isZero();
    }

    @Test
    void the_counts_of_a_step_are_of_one_attack_model_each() {
        add("1", 0, 0, 10);
        test.add(Blocks.of(1, "other", 4, 4));
        assertThat(test.mixed).isTrue();

        add("1", 2, 5, 5);
        test.add(new LeakBlock("fraud", "1", Blocks.START + 3000, 2, 0, "other", 0, new long[] {2}));

        assertThat(test.a.nextScored).as("those of the other model alone").isEqualTo(2);
    }
}
