// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.config.HttpSettings;
import dev.miasma.serve.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamsHealthTest {
    private final AtomicLong now = new AtomicLong();
    private Health progress = Health.good("0 records wait");
    private final StreamsHealth health = new StreamsHealth(
            new HttpSettings("127.0.0.1", 0, "", Duration.ofSeconds(60), Duration.ofSeconds(120)),
            () -> Instant.ofEpochMilli(now.get()),
            () -> progress);

    @ParameterizedTest
    @CsvSource({
        "CREATED, true, false",
        "REBALANCING, true, true",
        "RUNNING, true, true",
        "PENDING_SHUTDOWN, true, false",
        "NOT_RUNNING, false, false",
        "PENDING_ERROR, false, false",
        "ERROR, false, false"
    })
    void each_state_of_the_stream_has_its_health(State state, boolean live, boolean ready) {
        health.onChange(state, State.CREATED);

        assertThat(health.live().ok()).isEqualTo(live);
        assertThat(health.ready().ok()).isEqualTo(ready);
    }

    @Test
    void a_rebalance_that_lasts_too_long_is_not_ready() {
        health.onChange(State.REBALANCING, State.RUNNING);
        now.set(120_000);
        assertThat(health.ready().ok()).isTrue();

        now.set(120_001);

        assertThat(health.ready().ok()).isFalse();
        assertThat(health.live().ok()).isTrue();
    }

    @Test
    void a_running_stream_that_processes_nothing_is_not_live() {
        health.onChange(State.RUNNING, State.REBALANCING);
        progress = Health.bad("7 records wait and none was processed for 61 s");
        now.set(60_000);
        assertThat(health.live().ok()).isTrue();

        now.set(60_001);

        assertThat(health.live()).isEqualTo(progress);
    }

    @Test
    void waits_until_it_runs_and_no_longer() throws InterruptedException {
        assertThat(health.awaitRunning(Duration.ZERO)).isFalse();

        health.onChange(State.REBALANCING, State.CREATED);
        assertThat(health.awaitRunning(Duration.ZERO)).isFalse();

        health.onChange(State.RUNNING, State.REBALANCING);
        assertThat(health.awaitRunning(Duration.ZERO)).isTrue();

        health.onChange(State.REBALANCING, State.RUNNING);
        assertThat(health.awaitRunning(Duration.ZERO)).isTrue();

        health.onChange(State.ERROR, State.REBALANCING);
        assertThat(health.awaitRunning(Duration.ZERO)).isFalse();
    }
}
