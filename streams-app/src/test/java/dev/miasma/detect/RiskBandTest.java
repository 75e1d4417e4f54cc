// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RiskBandTest {
    @ParameterizedTest
    @CsvSource({"0, LOW", "1, LOW", "99, LOW", "101, ELEVATED", "9999, ELEVATED", "10001, HIGH", "1e9, HIGH"})
    void bands_are_thirds_of_the_way_to_the_threshold_on_the_log_scale(double evidence, RiskBand expected) {
        assertThat(RiskBand.of(evidence, 1e6)).isEqualTo(expected);
    }

    @Test
    void stored_ids_never_change() {
        assertThat(RiskBand.ofId((byte) 0)).isEqualTo(RiskBand.LOW);
        assertThat(RiskBand.ofId((byte) 1)).isEqualTo(RiskBand.ELEVATED);
        assertThat(RiskBand.ofId((byte) 2)).isEqualTo(RiskBand.HIGH);
        assertThat(RiskBand.ofId((byte) 3)).isEqualTo(RiskBand.ALARMED);
        assertThat(RiskBand.codes()).containsExactly("low", "elevated", "high", "alarmed");
    }
}
