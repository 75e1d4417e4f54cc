// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.miasma.score.EvidenceColumn;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EDetectorTest {
    private static final float LN_2 = (float) Math.log(2);

    @Test
    void adds_one_and_multiplies_by_the_likelihood_ratio_row_by_row() {
        float[] m = {0, 3};

        EDetector.update(m, EvidenceColumn.of(LN_2, -LN_2));

        assertThat(m).containsExactly(new float[] {2, 2}, within(1e-6f));
        assertThat(EDetector.evidence(m)).isEqualTo(2, within(1e-6));
    }

    @Test
    void evidence_is_the_mean_over_the_rows_and_nothing_at_the_start() {
        assertThat(EDetector.evidence(new float[] {1, 2, 6})).isEqualTo(3);
        assertThat(EDetector.evidence(new float[0])).isZero();
    }

    @Test
    void refuses_evidence_of_another_number_of_rows() {
        assertThatThrownBy(() -> EDetector.update(new float[2], EvidenceColumn.of(0, 0, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("evidence has 3 rows, the state has 2");
    }

    @Test
    void evidence_halves_in_a_half_life() {
        float[] m = {8, 4};

        EDetector.forget(m, EDetector.remembered(2000, 1000));

        assertThat(m).containsExactly(2, 1);
    }

    @Property(tries = 300, seed = "20261122")
    void forgetting_never_adds_evidence(
            @ForAll @DoubleRange(min = 0, max = 1e9) double start,
            @ForAll long elapsed,
            @ForAll @LongRange(min = 0) long halfLife) {
        float[] m = {(float) start};

        EDetector.forget(m, EDetector.remembered(elapsed, halfLife));

        assertThat(m[0]).isBetween(0f, (float) start);
        if (halfLife == 0 || elapsed <= 0) {
            assertThat(m[0]).isEqualTo((float) start);
        }
    }

    @Property(tries = 300, seed = "20261122")
    void rounding_never_adds_evidence(@ForAll @DoubleRange(min = 0, max = 1e30) double number) {
        float rounded = EDetector.roundedDown(number);

        assertThat((double) rounded).isBetween(number * (1 - 1e-6) - 1e-40, number);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "1.00000001, 1",
        "0.99999999, 0.99999994",
        "1e-46, 0",
        "1e300, 3.4028235e38",
        "Infinity, Infinity"
    })
    void a_number_is_rounded_to_the_largest_float_that_is_not_above_it(double number, float expected) {
        assertThat(EDetector.roundedDown(number)).isEqualTo(expected);
    }

    @Property(tries = 300, seed = "20261122")
    void another_number_of_rows_keeps_the_evidence(
            @ForAll @IntRange(min = 0, max = 6) int before,
            @ForAll @IntRange(min = 1, max = 6) int after,
            @ForAll @DoubleRange(min = 0, max = 1e6) double scale) {
        float[] m = new float[before];
        for (int row = 0; row < before; row++) {
            m[row] = (float) (row * scale);
        }

        float[] next = EDetector.withRows(m, after);

        assertThat(next).hasSize(after);
        assertThat(EDetector.evidence(next)).isEqualTo(EDetector.evidence(m), within(1e-6 * (1 + scale)));
    }
}
