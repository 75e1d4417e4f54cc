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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two instances of one monitor: whichever is asked answers for both. */
class FleetIT {
    private static final String TOKEN = "a token of both";
    private static final int QUERIES = 10_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final JsonMapper JSON = new JsonMapper();

    @RegisterExtension
    static final KafkaForTests KAFKA = new KafkaForTests();

    @TempDir
    private Path folder = Path.of("");

    private Monitor start(String name, String input, int instance, boolean keyed, InMemoryMeasures measures)
            throws IOException {
        Path token = Files.writeString(folder.resolve("token"), TOKEN);
        Settings settings = new Settings(
                        KAFKA.bootstrapServers(),
                        name,
                        input,
                        TrainedTarget.get().modelsBelow(folder),
                        folder)
                .with(ConfigKey.STATE_DIR, folder.resolve("state-" + instance).toString())
                .with(ConfigKey.HTTP_TOKEN_FILE, token.toString())
                .with(ConfigKey.INPUT_KEYED_BY_CLIENT, Boolean.toString(keyed));
        return Monitor.start(settings.config(), measures);
    }

    private static HttpResponse<String> ask(Monitor monitor, String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(monitor.url() + "api/v1/" + path))
                            .header("Authorization", "Bearer " + TOKEN)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static JsonNode get(Monitor monitor, String path) throws IOException, InterruptedException {
        HttpResponse<String> response = ask(monitor, path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private static long queries(Monitor asked) throws IOException, InterruptedException {
        return get(asked, "endpoints").path("items").path(0).path("queries").asLong();
    }

    private static boolean both(Monitor one, Monitor other) throws IOException, InterruptedException {
        for (Monitor monitor : List.of(one, other)) {
            HttpResponse<String> topology = ask(monitor, "topology");
            if (!monitor.isRunning() || topology.statusCode() != 200) {
                return false;
            }
            JsonNode instances = JSON.readTree(topology.body()).path("instances");
            if (instances.size() != 2
                    || instances
                            .valueStream()
                            .anyMatch(instance -> instance.path("tasks").isEmpty())) {
                return false;
            }
        }
        return true;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_client_held_by_one_is_told_by_the_other(boolean keyedByClient) throws Exception {
        String name = "fleet-" + keyedByClient;
        String input = name + "-predictions";
        KAFKA.createTopic(input, 4);
        TrainedTarget target = TrainedTarget.get();
        InMemoryMeasures seenByOne = new InMemoryMeasures();
        InMemoryMeasures seenByOther = new InMemoryMeasures();
        try (Monitor one = start(name, input, 1, keyedByClient, seenByOne);
                Monitor other = start(name, input, 2, keyedByClient, seenByOther)) {
            await().atMost(PATIENCE).until(() -> both(one, other));
            try (var publisher = target.publisher(KAFKA.bootstrapServers(), input)) {
                publisher.publish(target.traffic(7, 30, 5, 0.1), QUERIES, 0, Long.MAX_VALUE);
            }
            await().atMost(PATIENCE).until(() -> seenByOne.detectedCount() + seenByOther.detectedCount() >= QUERIES);
            // What was detected can be read when it is committed.
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(get(one, "clients?limit=500").path("total").asInt()).isEqualTo(35);
                assertThat(queries(one)).isEqualTo(QUERIES);
            });

            JsonNode page = get(one, "clients?limit=500");
            Map<String, String> holders = new HashMap<>();
            page.path("items")
                    .forEach(item -> holders.put(
                            item.path("id").asText(), item.path("instance").asText()));

            assertThat(page.path("unreachable")).isEmpty();
            assertThat(holders).hasSize(35);
            assertThat(Set.copyOf(holders.values())).hasSize(2);
            for (Monitor asked : List.of(one, other)) {
                for (Map.Entry<String, String> client : holders.entrySet()) {
                    JsonNode answer = get(asked, "clients/" + client.getKey());
                    assertThat(answer.path("instance").asText()).isEqualTo(client.getValue());
                    assertThat(answer.path("entries").size()).isEqualTo(1);
                }
                assertThat(get(asked, "clients?limit=500").path("total").asInt())
                        .isEqualTo(35);
                assertThat(queries(asked)).isEqualTo(QUERIES);
                assertThat(ask(asked, "clients/nobody").statusCode()).isEqualTo(404);
            }
        }
    }

    @Test
    void an_instance_that_comes_later_knows_the_alerts_before_it_and_one_that_stays_takes_over_the_clients()
            throws Exception {
        String name = "fleet-later";
        String input = name + "-predictions";
        KAFKA.createTopic(input, 4);
        TrainedTarget target = TrainedTarget.get();
        InMemoryMeasures measures = new InMemoryMeasures();
        try (Monitor first = start(name, input, 1, false, measures)) {
            assertThat(first.awaitRunning(PATIENCE)).isTrue();
            try (var publisher = target.publisher(KAFKA.bootstrapServers(), input)) {
                publisher.publish(target.traffic(7, 30, 5, 0.1), QUERIES, 0, Long.MAX_VALUE);
            }
            await().atMost(PATIENCE)
                    .until(() -> measures.detectedCount() >= QUERIES
                            && measures.alertsSentCount() > 0
                            && get(first, "alerts").path("total").asLong() >= measures.alertsSentCount());
            JsonNode alerts = get(first, "alerts?limit=500");

            try (Monitor later = start(name, input, 2, false, new InMemoryMeasures())) {
                await().atMost(PATIENCE).until(() -> both(first, later));
                await().atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertThat(get(later, "alerts?limit=500")).isEqualTo(alerts));
            }

            await().atMost(PATIENCE).untilAsserted(() -> {
                JsonNode page = get(first, "clients?limit=500");
                assertThat(page.path("total").asInt()).isEqualTo(35);
                assertThat(page.path("unreachable")).isEmpty();
            });
        }
    }
}
