// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.miasma.config.ConfigKey;
import dev.miasma.embedded.KafkaForTests;
import dev.miasma.measure.InMemoryMeasures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A fire drill as the page about it says: the attack model first, then the clients, then alerts beside the truth. */
class SimulateIT {
    private static final String NAME = "drilled";
    private static final String INPUT = "drilled-predictions";
    private static final int QUERIES = 20_000;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @RegisterExtension
    static final KafkaForTests KAFKA = new KafkaForTests();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_monitor_raises_alerts_about_the_attackers_that_the_truth_names_and_about_no_one_else() throws Exception {
        KAFKA.createTopic(INPUT, 3);
        Path models = folder.resolve("models");
        Path truth = folder.resolve("truth.jsonl");
        assertThat(CommandLineRun.of(
                                "simulate",
                                "--save-model",
                                models.toString(),
                                "--queries",
                                "1",
                                "--output",
                                folder.resolve("unused").toString())
                        .exitCode())
                .isZero();
        InMemoryMeasures measures = new InMemoryMeasures();
        Settings settings = new Settings(KAFKA.bootstrapServers(), NAME, INPUT, models, folder)
                .with(ConfigKey.MODELS_UNIVERSAL, "false");
        try (Monitor monitor = Monitor.start(settings.config(), measures)) {
            assertThat(monitor.awaitRunning(PATIENCE)).isTrue();

            CommandLineRun drill = CommandLineRun.of(
                    "simulate",
                    "--bootstrap-servers",
                    KAFKA.bootstrapServers(),
                    "--topic",
                    INPUT,
                    "--kafka",
                    "acks=all",
                    "--set",
                    "identity.key=" + Settings.IDENTITY_KEY,
                    "--attack",
                    "score:clients=4:traffic=0.1,boundary",
                    "--benign",
                    "steady,bursty,drifting",
                    "--queries",
                    Integer.toString(QUERIES),
                    "--fast",
                    "--truth",
                    truth.toString(),
                    "--json");

            assertThat(drill.exitCode()).as(String.join("\n", drill.err())).isZero();
            assertThat(new JsonMapper()
                            .readTree(drill.out().getFirst())
                            .path("destination")
                            .asText())
                    .isEqualTo("topic " + INPUT);
            await().atMost(PATIENCE)
                    .until(() -> measures.receivedCount() >= QUERIES
                            && measures.detectedCount() >= measures.scoredCount()
                            && alerted().size() >= 5);
        }
        List<JsonNode> clients = clients(truth);
        assertThat(Committed.records(KAFKA.bootstrapServers(), INPUT)).hasSize(QUERIES);
        assertThat(measures.rejectedCount()).isZero();
        assertThat(measures.unscorableCount()).isEqualTo(queries(clients, "boundary"));
        Set<String> attackers = pseudonyms(clients, "score");
        attackers.addAll(pseudonyms(clients, "boundary"));
        assertThat(alerted()).isEqualTo(attackers);
    }

    private static List<JsonNode> clients(Path truth) throws IOException {
        JsonMapper json = new JsonMapper();
        try (var lines = json.readerFor(JsonNode.class).<JsonNode>readValues(Files.readAllBytes(truth))) {
            return lines.readAll();
        }
    }

    private static Set<String> pseudonyms(List<JsonNode> clients, String kind) {
        return clients.stream()
                .filter(client -> client.path("kind").asText().equals(kind))
                .map(client -> client.path("pseudonym").asText())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static long queries(List<JsonNode> clients, String kind) {
        return clients.stream()
                .filter(client -> client.path("kind").asText().equals(kind))
                .mapToLong(client -> client.path("queries").asLong())
                .sum();
    }

    private static Set<String> alerted() {
        return new HashSet<>(Committed.json(KAFKA.bootstrapServers(), NAME + "-alerts").stream()
                .filter(alert -> alert.path("kind").asText().equals("membership-probe"))
                .map(alert -> alert.path("client").asText())
                .toList());
    }
}
