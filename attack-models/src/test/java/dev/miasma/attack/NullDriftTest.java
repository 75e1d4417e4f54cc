// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.miasma.attack.NullDrift.Verdict;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NullDriftTest {

    /** Bins hold 500, 300, 150 and 50 of 1,000 non-members; the bounds are about 0.556, 0.247 and 0.078. */
    private static final Calibration CALIBRATION = TrafficCalibrationTest.THREE_CUTS;

    @ParameterizedTest
    @CsvSource({
        "5000, 3000, 1500,  500, HOLDS",
        "4600, 3000, 1700,  700, HOLDS",
        "5000, 3000, 1000, 1000, ABOVE",
        "4000, 4000, 1500,  500, ABOVE",
        "8000, 1500,  400,  100, BELOW",
        "5000, 3000, 1950,   50, BELOW",
        "9000,    0,    0, 1000, ABOVE",
        "  50,   30,   15,    5, UNKNOWN",
        "   0,    0,    0,    0, UNKNOWN",
        "   5,    0,    0,   15, ABOVE",
        " 100,    0,    0,    0, BELOW"
    })
    void tells_a_null_that_holds_from_one_that_does_not(long b0, long b1, long b2, long b3, Verdict verdict) {
        NullDrift drift = NullDrift.of(CALIBRATION, new long[] {b0, b1, b2, b3});

        assertThat(drift.verdict()).isEqualTo(verdict);
        assertThat(drift.queries()).isEqualTo(b0 + b1 + b2 + b3);
    }

    @Test
    void shows_each_cut_with_its_share_its_bound_and_its_verdict() {
        NullDrift drift = NullDrift.of(CALIBRATION, new long[] {9000, 0, 0, 1000});

        assertThat(drift.cuts())
                .extracting(NullDrift.Cut::verdict)
                .containsExactly(Verdict.BELOW, Verdict.BELOW, Verdict.ABOVE);
        assertThat(drift.cuts()).extracting(NullDrift.Cut::atOrAbove).containsOnly(1000L);
        assertThat(drift.cuts()).extracting(NullDrift.Cut::share).containsOnly(0.1);
        assertThat(drift.cuts()).extracting(NullDrift.Cut::calibrationShare).containsExactly(0.5, 0.2, 0.05);
        assertThat(drift.cuts().getLast().bound()).isEqualTo(CALIBRATION.bounds()[2]);
        assertThat(drift.largestRatio()).isEqualTo(0.1 / CALIBRATION.bounds()[2], within(1e-12));
    }

    @Test
    void above_begins_exactly_where_the_binomial_tail_is_below_its_level() {
        // Cut 3: S = 0.0784. P(X >= k) of 200 queries at S falls below 0.001 / 3 between 29 and 30.
        double bound = CALIBRATION.bounds()[2];
        int first = 0;
        while (upperTail(first, 200, bound) >= 0.001 / 3) {
            first++;
        }

        assertThat(cut3(first - 1)).isNotEqualTo(Verdict.ABOVE);
        assertThat(cut3(first)).isEqualTo(Verdict.ABOVE);
    }

    @Property(tries = 300, seed = "20261122")
    void traffic_like_the_calibration_is_seldom_called_drifted(
            @ForAll long seed,
            @ForAll @IntRange(min = 60, max = 2000) int calibrated,
            @ForAll @IntRange(min = 10, max = 20_000) int live) {
        Random random = new Random(seed);
        int drifted = 0;
        for (int i = 0; i < 10; i++) {
            Calibration calibration = Calibration.of(random.doubles(calibrated).toArray(), new double[0], 0.02);
            long[] counts = new long[calibration.bins()];
            random.doubles(live).forEach(score -> counts[calibration.bin(score)]++);

            Verdict verdict = NullDrift.of(calibration, counts).verdict();

            drifted += verdict == Verdict.ABOVE || verdict == Verdict.BELOW ? 1 : 0;
        }

        // 2 % each for the bounds, above and below: 5 of 10 or more happen by chance once in 10,000 properties.
        assertThat(drifted).isLessThanOrEqualTo(4);
    }

    @Property(tries = 50, seed = "20261122")
    void traffic_that_scores_higher_than_the_bounds_is_found(@ForAll long seed) {
        Random random = new Random(seed);
        Calibration calibration = Calibration.of(random.doubles(2000).toArray(), new double[0], 0.001);
        long[] higher = new long[calibration.bins()];
        random.doubles(3000).map(Math::sqrt).forEach(score -> higher[calibration.bin(score)]++);
        long[] lower = new long[calibration.bins()];
        random.doubles(3000).map(u -> u * u).forEach(score -> lower[calibration.bin(score)]++);

        assertThat(NullDrift.of(calibration, higher).verdict()).isEqualTo(Verdict.ABOVE);
        assertThat(NullDrift.of(calibration, lower).verdict()).isEqualTo(Verdict.BELOW);
    }

    @Test
    void refuses_counts_that_are_no_counts_of_its_bins() {
        assertThatThrownBy(() -> NullDrift.of(CALIBRATION, new long[2])).hasMessageContaining("counts are 2");
        assertThatThrownBy(() -> NullDrift.of(CALIBRATION, new long[] {1, -1, 0, 0}))
                .hasMessageContaining("count of bin 1 is -1");
        assertThatThrownBy(() -> NullDrift.of(CALIBRATION, new long[4], 1)).hasMessageContaining("delta is 1.0");
    }

    private static Verdict cut3(int atOrAbove) {
        long[] counts = {200 - atOrAbove, 0, 0, atOrAbove};
        return NullDrift.of(CALIBRATION, counts).cuts().get(2).verdict();
    }

    /** P(X >= k), term by term. */
    private static double upperTail(int k, int n, double p) {
        double[] terms = new double[n + 1];
        terms[0] = Math.pow(1 - p, n);
        for (int i = 1; i <= n; i++) {
            terms[i] = terms[i - 1] * (n - i + 1) / i * p / (1 - p);
        }
        return Arrays.stream(terms, k, n + 1).sum();
    }
}
