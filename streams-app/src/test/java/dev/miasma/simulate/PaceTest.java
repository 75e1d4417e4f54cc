// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PaceTest {
    private static final int GAPS = 200_000;

    private static double[] gaps(Pace pace) {
        Random random = new Random(8);
        double[] gaps = new double[GAPS];
        for (int i = 0; i < GAPS; i++) {
            gaps[i] = pace.gapMicros(1000, random);
        }
        return gaps;
    }

    static Stream<Arguments> keeps_its_rate_on_average_and_bunches_by_kind() {
        return Stream.of(
                // A gap of less than a tenth of the mean has the probability 1 - exp(-0.1).
                arguments(Pace.steady(), 0.09, 0.10),
                // Nearly all gaps are a twentieth, of which 1 - exp(-2) are that short.
                arguments(Pace.bunches(20, 20), 0.80, 0.84),
                arguments(Pace.bunches(100, Double.POSITIVE_INFINITY), 0.98, 1.0));
    }

    @ParameterizedTest
    @MethodSource
    void keeps_its_rate_on_average_and_bunches_by_kind(Pace pace, double least, double most) {
        double sum = 0;
        int shortOnes = 0;
        for (double gap : gaps(pace)) {
            assertThat(gap).isNotNegative();
            sum += gap;
            shortOnes += gap < 100 ? 1 : 0;
        }

        assertThat(sum / GAPS).isBetween(930.0, 1070.0);
        assertThat(shortOnes / (double) GAPS).isBetween(least, most);
    }

    @Test
    void a_batch_is_one_instant() {
        double[] gaps = gaps(Pace.bunches(50, Double.POSITIVE_INFINITY));

        for (int i = 0; i < 5000; i++) {
            assertThat(gaps[i] == 0).isEqualTo(i % 50 != 0);
        }
    }
}
