// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommitPaceTest {
    private final CommitPace pace = new CommitPace(100, 1000);

    @Test
    void the_first_alert_need_not_wait() {
        assertThat(pace.waitMillis(5_000, 5_000)).isZero();
    }

    @ParameterizedTest(name = "at {0}: {1}")
    @CsvSource({"5000, 100", "5001, 99", "5099, 1", "5100, 0", "6000, 0", "4999, 0"})
    void the_next_one_waits_for_what_is_left_of_the_pace(long now, long wait) {
        pace.ends(5_000);

        assertThat(pace.waitMillis(now, 5_000)).isEqualTo(wait);
    }

    @ParameterizedTest(name = "{0} ms after its query: {1}")
    @CsvSource({"-100, 100", "0, 100", "1000, 100", "1010, 101", "9990, 999", "10000, -1", "86400000, -1"})
    void an_alert_from_a_backlog_waits_a_tenth_of_its_age_or_for_the_commit_interval(long age, long wait) {
        pace.ends(5_000);

        assertThat(pace.waitMillis(5_000, 5_000 - age)).isEqualTo(wait);
    }

    @Test
    void a_pace_longer_than_the_commit_interval_is_kept() {
        CommitPace slow = new CommitPace(5_000, 1_000);
        slow.ends(5_000);

        assertThat(slow.waitMillis(5_000, 4_000)).isEqualTo(5_000);
    }

    @Test
    void each_thread_has_its_own_transactions() throws Exception {
        pace.ends(5_000);

        assertThat(CompletableFuture.supplyAsync(
                                () -> pace.waitMillis(5_000, 5_000),
                                task -> Thread.ofPlatform().start(task))
                        .get())
                .isZero();
    }
}
