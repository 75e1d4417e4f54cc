// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LeakMeterTest {
    @Test
    void says_nothing_before_the_first_answer() {
        var meter = new LeakMeter();

        assertThat(meter.lift()).isNaN();
        assertThat(meter.flaggedShare()).isNaN();
    }

    @Test
    void lift_is_the_flagged_share_over_the_expected_one() {
        var meter = new LeakMeter();
        for (int i = 0; i < 100; i++) {
            meter.add(i % 10 < 3, 0.01);
        }

        assertThat(meter.flaggedShare()).isEqualTo(0.3, within(1e-3));
        assertThat(meter.lift()).isEqualTo(30, within(0.1));
    }

    @Test
    void has_no_lift_where_no_non_member_is_flagged() {
        var meter = new LeakMeter();
        meter.add(true, 0);

        assertThat(meter.lift()).isNaN();
        assertThat(meter.flaggedShare()).isEqualTo(1);
    }

    @Test
    void an_answer_weighs_half_after_a_half_life_of_answers() {
        var meter = new LeakMeter();
        for (int i = 0; i < 20 * LeakMeter.HALF_LIFE; i++) {
            meter.add(true, 0.5);
        }
        for (int i = 0; i < LeakMeter.HALF_LIFE; i++) {
            meter.add(false, 0.5);
        }

        assertThat(meter.flaggedShare()).isEqualTo(0.5, within(1e-4));
        assertThat(meter.lift()).isEqualTo(1, within(1e-3));
    }

    @Property(tries = 50, seed = "20261122")
    void traffic_of_non_members_has_a_lift_near_one(
            @ForAll @IntRange(min = 1, max = 1000) int seed, @ForAll @DoubleRange(min = 0.05, max = 0.5) double share) {
        var meter = new LeakMeter();
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            meter.add(random.nextDouble() < share, share);
        }

        assertThat(meter.lift()).isEqualTo(1, within(0.2));
    }
}
