// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.config.MiasmaConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Which stage feeds which, in Kafka Streams' own words. */
class TopologyWiringTest {
    private static MiasmaConfig config(String... settings) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        return MiasmaConfig.of(values);
    }

    @Test
    void the_wiring_with_a_repartition_by_client() throws IOException {
        assertThat(MonitorTopology.describe(config())).isEqualTo(wiring("repartitioned"));
    }

    @Test
    void the_wiring_where_the_input_is_keyed_by_client() throws IOException {
        assertThat(MonitorTopology.describe(config("input.keyed.by.client", "true")))
                .isEqualTo(wiring("keyed"));
    }

    private static String wiring(String name) throws IOException {
        try (InputStream in = TopologyWiringTest.class.getResourceAsStream("/topology/" + name + ".txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void reads_all_input_topics_and_writes_where_it_is_told() {
        String wiring = MonitorTopology.describe(
                config("input.topics", "a,b", "alerts.topic", "c", "risk.topic", "d", "dead.letter.topic", "e"));

        assertThat(wiring)
                .contains("predictions (topics: [a, b])", "alerts (topic: c)", "client-risk (topic: d)")
                .contains("dead-letters (topic: e)");
    }
}
