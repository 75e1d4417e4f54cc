// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.miasma.config.ConfigKey;
import dev.miasma.embedded.KafkaForTests;
import dev.miasma.fixtures.AttackFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A flood of a million invented client ids in five minutes of event time, against a monitor whose heap has a cap: a
 * suspect from before the flood still alarms, the flood is an alert of its own, and the monitor runs on.
 */
class FloodIT {
    @RegisterExtension
    static final KafkaForTests KAFKA = new KafkaForTests();

    private static final int IDS = 1_000_000;
    private static final long START = 1_767_225_600_000L;
    private static final long FIVE_MINUTES = 300_000;
    private static final String HEAP = "-Xmx192m";
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final String INPUT = "flooded-predictions";

    @TempDir
    Path folder;

    private final SplittableRandom random = new SplittableRandom(20261122);
    private long asked;

    private byte[] event(String client, long millis, double top) {
        return String.format(
                        Locale.ROOT,
                        "{\"endpoint\":\"fraud\",\"version\":\"7\",\"client\":\"%s\",\"time\":%d,\"fingerprint\":\"%d\",%s}",
                        client,
                        millis,
                        asked++,
                        top < 0.5 ? "\"topk\":[{\"p\":" + top + "}]" : "\"posterior\":[" + top + "," + (1 - top) + "]")
                .getBytes(StandardCharsets.UTF_8);
    }

    private void publish(KafkaProducer<String, byte[]> to, String client, long millis, double top) {
        var _ = to.send(new ProducerRecord<>(INPUT, client, event(client, millis, top)), (place, error) -> {
            if (error != null) {
                throw new AssertionError("not sent", error);
            }
        });
    }

    private void publish() {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", KAFKA.bootstrapServers(), "linger.ms", 5, "compression.type", "lz4"),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < 8; i++) {
                publish(producer, "suspect", START + i, 0.9999);
            }
            for (int i = 0; i < IDS; i++) {
                publish(producer, "invented-" + i, START + 1000 + i * FIVE_MINUTES / IDS, random.nextDouble(0.01, 1));
            }
            for (int i = 0; i < 12; i++) {
                publish(producer, "suspect", START + FIVE_MINUTES + 2000 + i, 0.9999);
            }
        }
    }

    private List<JsonNode> alerts() {
        return Committed.json(KAFKA.bootstrapServers(), "flooded-alerts");
    }

    @Test
    void a_flood_pushes_out_itself_and_no_suspect_and_is_told_of() throws Exception {
        KAFKA.createTopic(INPUT, 2);
        AttackFiles.write(Files.createDirectories(folder.resolve("models")), "fraud", 1000);
        Settings settings = new Settings(KAFKA.bootstrapServers(), "flooded", INPUT, folder.resolve("models"), folder)
                .with(ConfigKey.INPUT_KEYED_BY_CLIENT, "true")
                .with(ConfigKey.IDENTITY_PSEUDONYMS, "false")
                .with(ConfigKey.DETECT_MAX_SUBJECTS, "20000");
        publish();

        try (ChildJvm monitor = ChildJvm.start(folder, List.of(HEAP), settings.runArguments());
                GroupProgress group = new GroupProgress(KAFKA.bootstrapServers(), "flooded")) {
            await().conditionEvaluationListener(new ChildLog(monitor))
                    .failFast(monitor::assertAlive)
                    .pollInterval(Duration.ofMillis(500))
                    .atMost(PATIENCE)
                    .until(() -> group.done(INPUT) == IDS + 20
                            && alerts().stream().anyMatch(alert -> kind(alert).equals("client-flood")));
            monitor.stop();
            assertThat(monitor.err()).doesNotContain("OutOfMemoryError");
        }

        assertThat(alerts())
                .filteredOn(alert -> kind(alert).equals("membership-probe"))
                .extracting(alert -> alert.path("client").asText())
                .containsOnly("suspect");
    }

    private static String kind(JsonNode alert) {
        return alert.path("kind").asText();
    }
}
