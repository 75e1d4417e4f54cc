// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemberShareTest {

    /** Members' scores are normal around this, non-members' around 0. */
    private static final double SHIFT = 1.2;

    /** Two bins, split at 1: 100 of 1,000 non-members and 600 of 1,000 members at or above. */
    private static final Calibration TWO_BINS = twoBins();

    @ParameterizedTest
    @CsvSource({
        // With two bins the estimate is (observed - f_out) / (f_in - f_out) at f_out = 100.5 / 1001, f_in = 600.5 /
        // 1001.
        "650, 350, 0.4997",
        "900, 100, 0",
        "990,  10, 0",
        "500, 500, 0.8",
        "400, 600, 1",
        "  0,   9, 1"
    })
    void takes_the_most_likely_share(long below, long above, double share) {
        MemberShare estimate =
                MemberShare.estimate(TWO_BINS, new long[] {below, above}).orElseThrow();

        assertThat(estimate.share()).isEqualTo(share, within(2e-3));
        assertThat(estimate.low()).isBetween(0.0, estimate.share());
        assertThat(estimate.high()).isBetween(estimate.share(), 1.0);
        assertThat(estimate.queries()).isEqualTo(below + above);
    }

    @Test
    void the_interval_ends_where_the_likelihood_ratio_reaches_its_widened_point() {
        MemberShare estimate =
                MemberShare.estimate(TWO_BINS, new long[] {650, 350}).orElseThrow();

        double out = 100.5 / 1001;
        double in = 600.5 / 1001;
        double p = 0.35;
        double ofQueries = p * (1 - p) / 1000 / Math.pow(in - out, 2);
        double share = (p - out) / (in - out);
        double ofCalibration = (Math.pow(1 - share, 2) * out * (1 - out) + Math.pow(share, 2) * in * (1 - in))
                / 1000
                / Math.pow(in - out, 2);
        double drop = 3.841458820694124 / 2 * (1 + ofCalibration / ofQueries);
        for (double end : new double[] {estimate.low(), estimate.high()}) {
            double at = out + end * (in - out);
            double fall = 650 * Math.log((1 - p) / (1 - at)) + 350 * Math.log(p / at);
            assertThat(fall).isEqualTo(drop, within(1e-4));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 20000", "0.02, 20000", "0.1, 20000", "0.5, 20000", "1, 20000", "0, 300", "0.1, 300", "0.5, 300"})
    void covers_the_true_share_with_little_and_with_much_calibration(double share, int calibrated) {
        Random random = new Random(7);
        int covered = 0;
        int tries = 600;
        for (int i = 0; i < tries; i++) {
            Calibration calibration = calibration(random, calibrated);
            MemberShare estimate = MemberShare.estimate(calibration, queries(random, calibration, 500, share))
                    .orElseThrow();
            covered += estimate.low() <= share && share <= estimate.high() ? 1 : 0;
        }

        assertThat(covered / (double) tries).isGreaterThanOrEqualTo(0.93);
    }

    @Test
    void much_calibration_gives_a_shorter_interval_than_little() {
        long[] counts = {650, 350};

        MemberShare of1000 = MemberShare.estimate(TWO_BINS, counts).orElseThrow();
        double[] out = levels(100_000, 10_000);
        double[] in = levels(100_000, 60_000);
        MemberShare of100000 =
                MemberShare.estimate(Calibration.of(out, in, 0.001), counts).orElseThrow();

        assertThat(of1000.high() - of1000.low()).isGreaterThan(1.05 * (of100000.high() - of100000.low()));
    }

    @Property(tries = 200, seed = "20261122")
    void order_and_likelihood_hold_whatever_the_counts(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 5000) int queries,
            @ForAll @DoubleRange(min = 0, max = 1) double share) {
        Random random = new Random(seed);
        Calibration calibration = calibration(random, 200 + random.nextInt(2000));
        long[] counts = queries(random, calibration, queries, share);
        long[] untouched = counts.clone();

        MemberShare estimate = MemberShare.estimate(calibration, counts).orElseThrow();

        assertThat(counts).containsExactly(untouched);
        assertThat(estimate.low()).isBetween(0.0, estimate.share());
        assertThat(estimate.high()).isBetween(estimate.share(), 1.0);
        double best = logLikelihood(calibration, counts, estimate.share());
        for (double other = 0; other <= 1; other += 0.01) {
            assertThat(logLikelihood(calibration, counts, other)).isLessThanOrEqualTo(best + 1e-7);
        }
    }

    @Test
    void says_nothing_without_members_or_queries() {
        Calibration noMembers = Calibration.of(levels(1000, 100), new double[0], 0.001);

        assertThat(MemberShare.estimate(noMembers, new long[] {5, 5})).isEmpty();
        assertThat(MemberShare.estimate(TWO_BINS, new long[2])).isEmpty();
    }

    @Test
    void knows_nothing_where_members_score_like_non_members() {
        Calibration blind = Calibration.of(levels(1000, 100), levels(1000, 100), 0.001);

        MemberShare estimate = MemberShare.estimate(blind, new long[] {70, 30}).orElseThrow();

        assertThat(estimate.low()).isZero();
        assertThat(estimate.high()).isEqualTo(1);
    }

    @Test
    void refuses_counts_that_are_no_counts_of_its_bins() {
        assertThatThrownBy(() -> MemberShare.estimate(TWO_BINS, new long[3]))
                .hasMessageContaining("counts are 3; one for each of 2 bins");
        assertThatThrownBy(() -> MemberShare.estimate(TWO_BINS, new long[] {1, -1}))
                .hasMessageContaining("count of bin 1 is -1; at least 0");
    }

    private static double logLikelihood(Calibration calibration, long[] counts, double share) {
        int[] atOrAbove = calibration.nonMembersAtOrAbove();
        int[] members = calibration.memberCounts();
        double sum = 0;
        for (int b = 0; b < counts.length; b++) {
            int upper = b == 0 ? calibration.nonMembers() : atOrAbove[b - 1];
            int lower = b == atOrAbove.length ? 0 : atOrAbove[b];
            double out = (upper - lower + 0.5) / (calibration.nonMembers() + 0.5 * counts.length);
            double in = (members[b] + 0.5) / (calibration.members() + 0.5 * counts.length);
            sum += counts[b] * Math.log((1 - share) * out + share * in);
        }
        return sum;
    }

    private static Calibration calibration(Random random, int each) {
        double[] out = random.doubles(each).map(any -> random.nextGaussian()).toArray();
        double[] in =
                random.doubles(each).map(any -> SHIFT + random.nextGaussian()).toArray();
        return Calibration.of(out, in, 0.001);
    }

    private static long[] queries(Random random, Calibration calibration, int queries, double share) {
        long[] counts = new long[calibration.bins()];
        for (int i = 0; i < queries; i++) {
            double shift = random.nextDouble() < share ? SHIFT : 0;
            counts[calibration.bin(shift + random.nextGaussian())]++;
        }
        return counts;
    }

    private static Calibration twoBins() {
        return Calibration.of(levels(1000, 100), levels(1000, 600), 0.001);
    }

    private static double[] levels(int n, int ones) {
        double[] scores = new double[n];
        Arrays.fill(scores, 0, ones, 1);
        return IntStream.range(0, n).mapToDouble(i -> scores[n - 1 - i]).toArray();
    }
}
