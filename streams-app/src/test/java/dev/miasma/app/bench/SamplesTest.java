// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplesTest {
    @ParameterizedTest
    @CsvSource({"3 1 2, 2, 1, 3", "4 1 2 3, 2.5, 1, 4", "7, 7, 7, 7"})
    void has_median_least_and_most_whatever_the_order(String values, double median, double least, double most) {
        Samples samples = new Samples(numbers(values));

        assertThat(samples.median()).isEqualTo(median);
        assertThat(samples.least()).isEqualTo(least);
        assertThat(samples.most()).isEqualTo(most);
    }

    @Test
    void a_ratio_is_taken_round_by_round() {
        Samples ratio = Samples.ratio(new Samples(numbers("1 10 100")), new Samples(numbers("2 20 50")));

        assertThat(ratio.values()).containsExactly(new double[] {0.5, 0.5, 2}, within(1e-12));
    }

    @Test
    void no_values_are_refused() {
        assertThatThrownBy(() -> new Samples(new double[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one round");
    }

    @ParameterizedTest
    @CsvSource({"0.7, true, 0.7, true", "0.7, true, 0.69, false", "250, false, 250, true", "250, false, 251, false"})
    void a_goal_is_met_at_its_bound(double bound, boolean atLeast, double value, boolean met) {
        assertThat(new Goal(bound, atLeast).isMetBy(value)).isEqualTo(met);
    }

    private static double[] numbers(String values) {
        return Arrays.stream(values.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }
}
