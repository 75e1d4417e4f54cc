// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PurchaseLikeTest {

    @Test
    void says_that_it_is_synthetic_and_repeats_itself() {
        Dataset one = PurchaseLike.generate(3, 100, 60, 10, 0.2);
        Dataset same = PurchaseLike.generate(3, 100, 60, 10, 0.2);

        assertThat(one.synthetic()).isTrue();
        assertThat(one.name()).contains("synthetic");
        assertThat(one.features()).isDeepEqualTo(same.features());
        assertThat(one.labels()).containsExactly(same.labels());
        assertThat(PurchaseLike.generate(4, 100, 60, 10, 0.2).labels()).isNotEqualTo(one.labels());
    }

    @Test
    void noise_is_the_share_of_flipped_bits() {
        Dataset clean = PurchaseLike.generate(3, 400, 100, 2, 0);
        int first = 0;
        while (clean.labels()[first] != clean.labels()[0]) {
            first++;
        }
        assertThat(clean.features()[first]).containsExactly(clean.features()[0]);

        Dataset noisy = PurchaseLike.generate(3, 400, 100, 2, 0.2);
        double flipped = 0;
        double bits = 0;
        for (int r = 0; r < noisy.size(); r++) {
            for (int other = 0; other < r; other++) {
                if (noisy.labels()[r] == noisy.labels()[other]) {
                    for (int i = 0; i < noisy.width(); i++) {
                        flipped += Math.abs(noisy.features()[r][i] - noisy.features()[other][i]);
                        bits++;
                    }
                }
            }
        }
        // Two records of a class differ where exactly one was flipped: 2 x 0.2 x 0.8.
        assertThat(flipped / bits).isBetween(0.30, 0.34);
    }

    @Test
    void refuses_noise_that_turns_classes_round() {
        assertThatThrownBy(() -> PurchaseLike.generate(1, 1, 1, 2, 0.6)).hasMessageContaining("noise is 0.6; 0 to 0.5");
        assertThatThrownBy(() -> PurchaseLike.generate(1, 1, 0, 2, 0.1)).hasMessageContaining("features 0");
    }
}
