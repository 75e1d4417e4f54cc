// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommitPaceTest {
    private final CommitPace pace = new CommitPace(100);

    @Test
    void the_first_alert_need_not_wait() {
        assertThat(pace.waitMillis(5_000)).isZero();
    }

    @ParameterizedTest(name = "at {0}: {1}")
    @CsvSource({"5000, 100", "5001, 99", "5099, 1", "5100, 0", "6000, 0", "4999, 0"})
    void the_next_one_waits_for_what_is_left_of_the_pace(long now, long wait) {
        pace.ends(5_000);

        assertThat(pace.waitMillis(now)).isEqualTo(wait);
    }

    @Test
    void each_thread_has_its_own_transactions() throws Exception {
        pace.ends(5_000);

        assertThat(CompletableFuture.supplyAsync(
                                () -> pace.waitMillis(5_000),
                                task -> Thread.ofPlatform().start(task))
                        .get())
                .isZero();
    }
}
