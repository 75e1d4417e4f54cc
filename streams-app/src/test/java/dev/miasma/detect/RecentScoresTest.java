// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RecentScoresTest {
    private final RecentScores recent = new RecentScores();

    @Test
    void the_window_holds_one_to_two_buckets_of_the_newest() {
        recent.add(Blocks.of(0, "m", RecentScores.BUCKET));
        recent.add(Blocks.of(1, "m", 0, RecentScores.BUCKET));
        assertThat(recent.counts()).containsExactly(RecentScores.BUCKET, RecentScores.BUCKET);

        recent.add(Blocks.of(2, "m", 0, 0, 7));

        assertThat(recent.counts()).containsExactly(0, RecentScores.BUCKET, 7);
    }

    @Test
    void many_small_blocks_never_leave_less_than_a_bucket() {
        for (int block = 0; block < 500; block++) {
            recent.add(Blocks.of(block, "m", 60, 40));
            long total = Arrays.stream(recent.counts()).sum();
            assertThat(total).isBetween(Math.min(100L * (block + 1), RecentScores.BUCKET), 2L * RecentScores.BUCKET);
        }
    }

    @Test
    void another_attack_model_starts_anew() {
        recent.add(Blocks.of(0, "m", 5, 5));
        recent.add(Blocks.of(1, "other", 3));

        assertThat(recent.counts()).containsExactly(3);
        assertThat(recent.model).isEqualTo("other");
    }
}
