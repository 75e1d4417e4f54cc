// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ColdSubjectsTest {
    private static int bucket(double evidence) {
        return ColdSubjects.bucket(ClientState.firstSeen(0), evidence);
    }

    @Test
    void the_coldest_tenth_may_go_and_no_more() {
        var cold = new ColdSubjects(100);
        for (int i = 0; i < 15; i++) {
            cold.add(bucket(0.1));
        }
        for (int i = 0; i < 90; i++) {
            cold.add(bucket(100));
        }

        assertThat(cold.tooMany()).isTrue();
        assertThat(cold.coldestBucket()).isEqualTo(bucket(0.1)).isLessThan(bucket(100));
    }

    @Test
    void too_many_is_more_than_the_capacity() {
        var cold = new ColdSubjects(2);
        cold.add(0);
        cold.add(1);
        assertThat(cold.tooMany()).isFalse();

        cold.add(5);
        assertThat(cold.tooMany()).isTrue();

        cold.remove(1);
        assertThat(cold.tooMany()).isFalse();
    }

    @Property(tries = 200, seed = "20261122")
    void more_evidence_is_never_colder(
            @ForAll @DoubleRange(min = 0, max = 1e12) double one,
            @ForAll @DoubleRange(min = 0, max = 1e12) double other) {
        assertThat(bucket(Math.min(one, other))).isLessThanOrEqualTo(bucket(Math.max(one, other)));
    }

    @ParameterizedTest
    @EnumSource(
            value = RiskBand.class,
            names = {"ELEVATED", "HIGH", "ALARMED"})
    void whoever_is_above_the_low_band_is_warmer_than_anyone_below(RiskBand band) {
        ClientState state = ClientState.firstSeen(0);
        state.band = band;

        assertThat(ColdSubjects.bucket(state, 0)).isGreaterThan(bucket(1e300));
    }
}
