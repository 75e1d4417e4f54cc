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
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    private static final double[] NONE = {};

    @Test
    void cuts_at_the_nominal_rates_and_bounds_them_all_at_once() {
        double[] scores = ramp(10_000);

        Calibration calibration = Calibration.of(scores, NONE, 0.001);

        assertThat(calibration.nominalRates())
                .containsExactly(.9, .8, .7, .6, .5, .4, .3, .2, .1, .05, .02, .01, .005, .001);
        assertThat(calibration.nonMembersAtOrAbove())
                .containsExactly(9000, 8000, 7000, 6000, 5000, 4000, 3000, 2000, 1000, 500, 200, 100, 50, 10);
        assertThat(calibration.cuts()[13]).isEqualTo(9990);
        assertThat(calibration.bounds()[13]).isEqualTo(0.002824610617259593, within(1e-12));
        assertThat(calibration.bins()).isEqualTo(15);
        assertThat(calibration.bin(9990)).isEqualTo(14);
        assertThat(calibration.bin(9989.9)).isEqualTo(13);
        assertThat(calibration.bin(-5)).isZero();
        assertThat(calibration.flagCut()).isEqualTo(9900);
        assertThat(calibration.flagged(9900)).isTrue();
        assertThat(calibration.flagged(9899)).isFalse();
        assertThat(calibration.flaggedNullShare()).isEqualTo(0.01);
        assertThat(calibration.withFlagRate(0.1).flagCut()).isEqualTo(9000);
    }

    @Test
    void drops_cuts_that_too_few_scores_are_above() {
        Calibration calibration = Calibration.of(ramp(500), ramp(40), 0.001);

        assertThat(calibration.nominalRates()).containsExactly(.9, .8, .7, .6, .5, .4, .3, .2, .1, .05, .02);
        assertThat(calibration.flaggedNullShare()).isEqualTo(0.02);
        assertThat(calibration.members()).isEqualTo(40);
        assertThat(Arrays.stream(calibration.memberCounts()).sum()).isEqualTo(40);
    }

    @Test
    void merges_equal_cuts_and_drops_one_that_everything_is_above() {
        double[] scores = new double[1000];
        Arrays.fill(scores, 600, 1000, 1);
        Arrays.fill(scores, 950, 1000, 2);

        Calibration calibration = Calibration.of(scores, NONE, 0.001);

        assertThat(calibration.cuts()).containsExactly(1, 2);
        assertThat(calibration.nominalRates()).containsExactly(0.4, 0.05);
        assertThat(calibration.nonMembersAtOrAbove()).containsExactly(400, 50);
        assertThat(calibration.flaggedNullShare()).isEqualTo(0.05);
    }

    @Test
    void promises_a_budget_only_on_enough_real_non_members() {
        assertThat(Calibration.of(ramp(1000), NONE, 0.001).budgetGuaranteed()).isTrue();
        assertThat(Calibration.of(ramp(999), NONE, 0.001).budgetGuaranteed()).isFalse();
        assertThat(Calibration.of(ramp(5000), NONE, 0.001, NullSource.NOISE_QUERIES)
                        .budgetGuaranteed())
                .isFalse();
        assertThat(Calibration.of(ramp(5000), NONE, 0.001, NullSource.SHADOW_NON_MEMBERS)
                        .budgetGuaranteed())
                .isFalse();
    }

    @Test
    void refuses_what_it_cannot_calibrate_on() {
        assertThatThrownBy(() -> Calibration.of(ramp(11), NONE, 0.001))
                .hasMessageContaining("calibration non-members are 11; at least 12");
        assertThatThrownBy(() -> Calibration.of(new double[100], NONE, 0.001)).hasMessageContaining("nearly all 0.0");
        assertThatThrownBy(() -> Calibration.of(ramp(100), new double[] {Double.NaN}, 0.001))
                .hasMessageContaining("member scores[0] is NaN");
        assertThatThrownBy(() -> Calibration.of(ramp(100), NONE, 1)).hasMessageContaining("delta is 1.0");
        assertThatThrownBy(() -> Calibration.of(ramp(100), NONE, 0.001).withFlagRate(0))
                .hasMessageContaining("flag rate is 0.0");
    }

    @Test
    void draws_a_histogram_of_shares() {
        ScoreHistogram histogram =
                Calibration.of(ramp(100), new double[] {99, 200}, 0.001).histogram();

        assertThat(histogram.low()).isZero();
        assertThat(histogram.high()).isEqualTo(200);
        assertThat(histogram.bars()).isEqualTo(50);
        assertThat(histogram.memberShare(49)).isEqualTo(0.5);
        assertThat(IntStream.range(0, 50).mapToDouble(histogram::nonMemberShare).sum())
                .isEqualTo(1, within(1e-12));
    }

    @Property(tries = 200, seed = "20261122")
    void counts_and_bins_agree_whatever_the_ties(
            @ForAll long seed,
            @ForAll @IntRange(min = 60, max = 3000) int n,
            @ForAll @IntRange(min = 2, max = 500) int levels) {
        Random random = new Random(seed);
        double[] out =
                random.ints(n, 0, levels).asDoubleStream().map(d -> d / 7).toArray();
        double[] in =
                random.ints(50, 0, levels).asDoubleStream().map(d -> d / 7).toArray();
        out[0] = -1;

        Calibration calibration = Calibration.of(out, in, 0.001);

        double[] cuts = calibration.cuts();
        for (int j = 0; j < cuts.length; j++) {
            double cut = cuts[j];
            long above = Arrays.stream(out).filter(s -> s >= cut).count();
            assertThat(calibration.nonMembersAtOrAbove()[j]).isEqualTo((int) above);
            assertThat(above / (double) n).isGreaterThanOrEqualTo(calibration.nominalRates()[j] - 1.0 / n);
            assertThat(calibration.bounds()[j]).isGreaterThan(above / (double) n);
        }
        for (double score : in) {
            assertThat(calibration.bin(score))
                    .isEqualTo((int) Arrays.stream(cuts).filter(c -> score >= c).count());
        }
    }

    private static double[] ramp(int n) {
        return IntStream.range(0, n).asDoubleStream().toArray();
    }
}
