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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamsSettingsTest {
    private static Object commitInterval(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Map.of(
                ConfigKey.BOOTSTRAP_SERVERS, "localhost:9092",
                ConfigKey.INPUT_TOPICS, "predictions",
                ConfigKey.IDENTITY_KEY, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"));
        values.putAll(more);
        return StreamsSettings.of(MiasmaConfig.of(values), new NoMeasures())
                .getOrDefault(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "none");
    }

    @ParameterizedTest(name = "keyed by client: {0}, sanitised topic ''{1}''")
    @CsvSource({"true, '', 1000", "false, '', 100", "true, clean, 100", "false, clean, 100"})
    void commits_are_rare_where_nobody_waits_for_each(String keyed, String sanitised, int millis) {
        Map<String, String> values = new HashMap<>(Map.of(ConfigKey.INPUT_KEYED_BY_CLIENT, keyed));
        if (!sanitised.isEmpty()) {
            values.put(ConfigKey.SANITISED_TOPIC, sanitised);
            values.put(ConfigKey.SANITISED_DEFENCE, "top3");
        }

        assertThat(commitInterval(values)).isEqualTo(millis);
    }

    @Test
    void the_operators_interval_wins() {
        assertThat(commitInterval(Map.of("kafka.commit.interval.ms", "250"))).hasToString("250");
    }
}
