// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.miasma.posterior.InvalidPosteriorException.Reason;
import java.util.Arrays;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PosteriorsTest {

    static Stream<Arguments> invalid() {
        return Stream.of(
                Arguments.of(new double[] {}, Reason.EMPTY, "0 classes; at least 1"),
                Arguments.of(new double[] {.2, .2, .2, .2, .2}, Reason.TOO_MANY_CLASSES, "5 classes; at most 4"),
                Arguments.of(new double[] {.5, Double.NaN}, Reason.NOT_FINITE, "posterior[1] is NaN"),
                Arguments.of(new double[] {Double.POSITIVE_INFINITY, 0}, Reason.NOT_FINITE, "posterior[0] is Infinity"),
                Arguments.of(
                        new double[] {0, Double.NEGATIVE_INFINITY}, Reason.NOT_FINITE, "posterior[1] is -Infinity"),
                Arguments.of(new double[] {1.5, -.5}, Reason.NEGATIVE, "posterior[1] is -0.5; at least 0"),
                Arguments.of(new double[] {.5, .25}, Reason.SUM_OFF, "sums to 0.75; 1 within 0.01"),
                Arguments.of(new double[] {Double.MAX_VALUE, Double.MAX_VALUE}, Reason.SUM_OFF, "sums to Infinity"));
    }

    @ParameterizedTest
    @MethodSource
    void invalid(double[] p, Reason reason, String message) {
        assertThatThrownBy(() -> Posteriors.requireValid(p, p.length, 0.01, 4))
                .isInstanceOfSatisfying(
                        InvalidPosteriorException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(message);
    }

    @Test
    void accepts_a_sum_within_tolerance_and_ignores_what_follows() {
        assertThatCode(() -> Posteriors.requireValid(new double[] {.5, .495, -7}, 2, 0.01, 2))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Posteriors.requireValid(new double[] {1}, 2, 0.01, 2))
                .hasMessageContaining("holds 1 values; classes is 2");
    }

    @Test
    void softmax_survives_logits_that_would_overflow() {
        double[] logits = {1000, 999, -1e300, 42};

        Posteriors.softmax(logits, 3);

        assertThat(logits[0]).isEqualTo(1 / (1 + Math.exp(-1)), within(1e-15));
        assertThat(logits[2]).isZero();
        assertThat(logits[3]).isEqualTo(42);
    }

    @Test
    void softmax_refuses_what_has_no_posterior() {
        assertThatThrownBy(() -> Posteriors.softmax(new double[] {0, Double.NaN}, 2))
                .hasMessageContaining("logits[1] is NaN");
        assertThatThrownBy(() -> Posteriors.softmax(new double[] {0}, 0)).hasMessageContaining("at least 1");
    }

    @Property(tries = 200, seed = "20261122")
    void softmax_gives_a_posterior_and_forgets_a_shift(
            @ForAll @Size(min = 1, max = 30) double @DoubleRange(min = -50, max = 50) [] logits,
            @ForAll @DoubleRange(min = -100, max = 100) double shift) {
        double[] plain = logits.clone();
        double[] shifted = Arrays.stream(logits).map(z -> z + shift).toArray();

        Posteriors.softmax(plain, plain.length);
        Posteriors.softmax(shifted, shifted.length);

        Posteriors.requireValid(plain, plain.length, 1e-12, 30);
        assertThat(shifted).containsExactly(plain, within(1e-12));
    }
}
