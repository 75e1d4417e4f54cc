// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.delay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LimitTest {
    private static final double[] NULL = {0.5, 0.3, 0.2};

    @Test
    void a_ratio_that_rises_gives_the_divergence_itself() {
        double[] probe = {0.2, 0.3, 0.5};

        double divergence = 0.2 * Math.log(0.4) + 0.5 * Math.log(2.5);

        assertThat(Limit.divergence(probe, NULL)).isCloseTo(divergence, within(1e-12));
        assertThat(Limit.growth(probe, NULL)).isCloseTo(divergence, within(1e-12));
    }

    @Test
    void a_ratio_that_falls_somewhere_is_pooled_there() {
        double[] probe = {0.35, 0.15, 0.5};

        double pooled = 0.5 * Math.log(0.5 / 0.8) + 0.5 * Math.log(0.5 / 0.2);

        assertThat(Limit.growth(probe, NULL)).isCloseTo(pooled, within(1e-12));
        assertThat(Limit.growth(probe, NULL)).isLessThan(Limit.divergence(probe, NULL));
    }

    @Test
    void a_probe_that_scores_lower_than_the_null_allows_cannot_be_told() {
        double[] harmless = {0.7, 0.2, 0.1};

        assertThat(Limit.growth(harmless, NULL)).isZero();
        assertThat(Limit.growth(new double[] {0.6, 0.3, 0.1}, new double[] {0.4, 0.3, 0.3}))
                .isZero();
        assertThat(Limit.divergence(harmless, NULL)).isPositive();
    }
}
