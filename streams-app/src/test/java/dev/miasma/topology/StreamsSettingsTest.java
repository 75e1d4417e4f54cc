// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.config.ConfigKey;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.measure.NoMeasures;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamsSettingsTest {
    private static Object commitInterval(Map<String, String> more) {
        return StreamsSettings.of(config(more), new NoMeasures())
                .getOrDefault(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "none");
    }

    private static MiasmaConfig config(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Map.of(
                ConfigKey.BOOTSTRAP_SERVERS, "localhost:9092",
                ConfigKey.INPUT_TOPICS, "predictions",
                ConfigKey.IDENTITY_KEY, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"));
        values.putAll(more);
        return MiasmaConfig.of(values);
    }

    @Test
    void commits_that_nobody_asks_for_come_four_times_a_second() {
        assertThat(commitInterval(Map.of())).isEqualTo(250);
        assertThat(StreamsSettings.commitIntervalMillis(config(Map.of()))).isEqualTo(250);
    }

    @Test
    void a_transaction_that_is_refused_because_the_one_before_is_not_done_is_tried_again_soon() {
        assertThat(StreamsSettings.of(config(Map.of()), new NoMeasures()))
                .containsEntry("producer.retry.backoff.ms", 20);
        assertThat(StreamsSettings.of(config(Map.of("kafka.producer.retry.backoff.ms", "100")), new NoMeasures()))
                .containsEntry("producer.retry.backoff.ms", "100");
    }

    @Test
    void the_operators_interval_wins() {
        Map<String, String> own = Map.of("kafka.commit.interval.ms", "300");

        assertThat(commitInterval(own)).hasToString("300");
        assertThat(StreamsSettings.commitIntervalMillis(config(own))).isEqualTo(300);
    }
}
