// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.miasma.config.ConfigKey;
import dev.miasma.embedded.KafkaForTests;
import dev.miasma.measure.InMemoryMeasures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** State that is lost on disk comes back from Kafka. */
class RestoreIT {
    private static final String INPUT = "predictions";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final KafkaForTests KAFKA = new KafkaForTests();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_query_seen_before_a_restart_without_local_state_is_a_repeat_after_it() throws Exception {
        KAFKA.createTopic(INPUT, 2);
        Settings settings = new Settings(
                        KAFKA.bootstrapServers(),
                        "restored",
                        INPUT,
                        TrainedTarget.get().modelsBelow(folder),
                        folder)
                .with(ConfigKey.INPUT_KEYED_BY_CLIENT, "true");
        Path state = Path.of(settings.config().string(ConfigKey.STATE_DIR));
        List<String> queries = queries(0, 200);

        InMemoryMeasures before = new InMemoryMeasures();
        try (Monitor monitor = Monitor.start(settings.config(), before)) {
            assertThat(monitor.awaitRunning(PATIENCE)).isTrue();
            Sender.send(KAFKA.bootstrapServers(), INPUT, queries);
            await().atMost(PATIENCE).until(() -> before.detectedCount() == queries.size());
        }
        assertThat(state).isNotEmptyDirectory();
        Utils.delete(state.toFile());
        assertThat(Files.exists(state)).isFalse();
        InMemoryMeasures after = new InMemoryMeasures();
        try (Monitor monitor = Monitor.start(settings.config(), after)) {
            assertThat(monitor.awaitRunning(PATIENCE)).isTrue();
            Sender.send(KAFKA.bootstrapServers(), INPUT, queries);
            Sender.send(KAFKA.bootstrapServers(), INPUT, queries(200, 203));
            await().atMost(PATIENCE).until(() -> after.detectedCount() == queries.size() + 3);
        }

        assertThat(before.repeatCount()).isZero();
        assertThat(after.repeatCount()).isEqualTo(queries.size());
        assertThat(after.receivedCount()).isEqualTo(queries.size() + 3);
    }

    /** Queries of ten clients, each with features of its own. */
    private static List<String> queries(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> Sender.event("client-" + i % 10, "[" + i + ",1,0]", "[0.9,0.06,0.04]"))
                .toList();
    }
}
