// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.miasma.embedded.KafkaForTests;
import dev.miasma.fixtures.OpenApi;
import dev.miasma.fixtures.Schemas;
import dev.miasma.measure.InMemoryMeasures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API of one monitor on a real broker that watched benign clients and probers. */
class ApiIT {
    private static final String NAME = "api";
    private static final String INPUT = "api-predictions";
    private static final int QUERIES = 20_000;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final JsonMapper JSON = new JsonMapper();

    @RegisterExtension
    static final KafkaForTests KAFKA = new KafkaForTests();

    private static final InMemoryMeasures MEASURES = new InMemoryMeasures();
    private static final List<String> STREAMED = new CopyOnWriteArrayList<>();

    @TempDir
    private static Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private static Monitor monitor;

    @BeforeAll
    static void a_monitor_has_watched_benign_clients_and_probers() throws Exception {
        KAFKA.createTopic(INPUT, 3);
        TrainedTarget target = TrainedTarget.get();
        Settings settings = new Settings(KAFKA.bootstrapServers(), NAME, INPUT, target.modelsBelow(folder), folder);
        monitor = Monitor.start(settings.config(), MEASURES);
        assertThat(monitor.awaitRunning(PATIENCE)).isTrue();
        Thread.ofVirtual().start(ApiIT::listen);
        await().atMost(PATIENCE).until(() -> STREAMED.stream().anyMatch(line -> line.equals("event: snapshot")));

        try (var publisher = target.publisher(KAFKA.bootstrapServers(), INPUT)) {
            publisher.publish(target.traffic(7, 30, 5, 0.1), QUERIES, 0, Long.MAX_VALUE);
        }

        await().atMost(PATIENCE)
                .until(() -> MEASURES.detectedCount() >= QUERIES
                        && MEASURES.alertsSentCount() > 0
                        && get("/api/v1/alerts").path("total").asLong() >= MEASURES.alertsSentCount()
                        && get("/api/v1/endpoints")
                                .path("items")
                                .path(0)
                                .path("histogram")
                                .isObject());
    }

    @AfterAll
    static void stop() {
        if (monitor != null) {
            monitor.close();
        }
    }

    /** Reads the stream of events, as the console does. */
    private static void listen() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(
                            HttpRequest.newBuilder(URI.create(monitor.url() + "api/v1/live"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofLines())
                    .body()
                    .forEach(STREAMED::add);
        } catch (IOException | InterruptedException | UncheckedIOException e) {
            // The monitor was stopped.
        }
    }

    private static JsonNode get(String path) throws IOException, InterruptedException {
        Page page = Page.of(monitor, path, "*/*");
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        return JSON.readTree(page.body());
    }

    private static List<String> texts(JsonNode page, String field) {
        return page.path("items")
                .valueStream()
                .map(item -> item.path(field).asText())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/status, Status",
        "/api/v1/clients?limit=500, ClientPage",
        "/api/v1/endpoints, EndpointPage",
        "/api/v1/alerts?limit=500, AlertPage",
        "/api/v1/models, ModelPage",
        "/api/v1/topology, Topology"
    })
    void answers_as_described(String path, String schema) throws Exception {
        String body = Page.of(monitor, path, "*/*").body();

        assertThat(OpenApi.errors(schema, body)).as(body).isEmpty();
    }

    @Test
    void shows_the_alerts_of_the_topic() throws Exception {
        JsonNode page = get("/api/v1/alerts?limit=500");

        assertThat(texts(page, "id"))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(Committed.json(KAFKA.bootstrapServers(), NAME + "-alerts").stream()
                        .map(alert -> alert.path("id").asText())
                        .toList());
        assertThat(texts(page, "time")).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void streams_each_alert_once_as_it_is_in_the_list() throws Exception {
        List<JsonNode> items =
                get("/api/v1/alerts?limit=500").path("items").valueStream().toList();

        await().atMost(PATIENCE).untilAsserted(() -> {
            List<JsonNode> streamed = new ArrayList<>();
            for (int line = 0; line + 1 < STREAMED.size(); line++) {
                if (STREAMED.get(line).equals("event: alert")) {
                    streamed.add(JSON.readTree(STREAMED.get(line + 1).substring("data: ".length())));
                }
            }
            assertThat(streamed).containsExactlyInAnyOrderElementsOf(items);
        });
    }

    @Test
    void snapshots_are_as_described_and_come_to_what_was_sent() throws Exception {
        await().atMost(PATIENCE).untilAsserted(() -> {
            String newest = "";
            for (int line = 0; line + 1 < STREAMED.size(); line++) {
                if (STREAMED.get(line).equals("event: snapshot")) {
                    newest = STREAMED.get(line + 1).substring("data: ".length());
                }
            }
            JsonNode snapshot = JSON.readTree(newest);
            assertThat(OpenApi.errors("Snapshot", newest)).isEmpty();
            assertThat(snapshot.path("queries").asLong()).isEqualTo(QUERIES);
            assertThat(snapshot.path("state").asText()).isEqualTo("RUNNING");
            assertThat(snapshot.path("alerts").path("total").asLong())
                    .isEqualTo(get("/api/v1/alerts").path("total").asLong());
        });
    }

    @Test
    void an_alert_has_the_evidence_that_led_to_it() throws Exception {
        JsonNode first = get("/api/v1/alerts?level=client").path("items").path(0);

        Page page = Page.of(monitor, "/api/v1/alerts/" + first.path("id").asText(), "*/*");
        JsonNode alert = JSON.readTree(page.body());

        assertThat(OpenApi.errors("Alert", page.body())).isEmpty();
        assertThat(Schemas.errors("alert", alert.path("event").toString())).isEmpty();
        JsonNode points = alert.path("path").path("points");
        assertThat(points.size()).isGreaterThan(1);
        double peak = points.valueStream()
                .mapToDouble(point -> point.path("evidence").asDouble())
                .max()
                .orElseThrow();
        assertThat(peak).isGreaterThanOrEqualTo(alert.path("threshold").asDouble());
    }

    @Test
    void lists_every_client_by_its_pseudonym_the_alarmed_ones_first() throws Exception {
        JsonNode page = get("/api/v1/clients?limit=500");

        assertThat(page.path("total").asLong()).isEqualTo(MEASURES.clientCount());
        assertThat(texts(page, "id")).allSatisfy(id -> assertThat(id).matches("[0-9a-f]{24}"));
        List<String> order = List.of("alarmed", "high", "elevated", "low");
        assertThat(texts(page, "band")).isSortedAccordingTo(Comparator.comparingInt(order::indexOf));
        Set<String> alarmed = new TreeSet<>(texts(get("/api/v1/clients?band=alarmed"), "id"));
        Set<String> alerted = get("/api/v1/alerts?level=client&limit=500")
                .path("items")
                .valueStream()
                .map(alert -> alert.path("client").asText())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(alarmed).isNotEmpty().isEqualTo(alerted);
    }

    @Test
    void pages_of_clients_add_up() throws Exception {
        List<String> all = texts(get("/api/v1/clients?limit=500"), "id");

        JsonNode first = get("/api/v1/clients?limit=7");
        JsonNode second =
                get("/api/v1/clients?limit=500&cursor=" + first.path("next").asText());

        List<String> paged = new ArrayList<>(texts(first, "id"));
        paged.addAll(texts(second, "id"));
        assertThat(paged).containsExactlyElementsOf(all);
    }

    @Test
    void finds_clients_by_the_beginning_of_their_pseudonyms() throws Exception {
        List<String> all = texts(get("/api/v1/clients?limit=500"), "id");
        String prefix = all.getFirst().substring(0, 2);

        List<String> found = texts(get("/api/v1/clients?limit=500&q=" + prefix), "id");

        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(
                        all.stream().filter(id -> id.startsWith(prefix)).toList());
    }

    @Test
    void a_client_has_sensors_and_the_way_of_its_evidence() throws Exception {
        String id = texts(get("/api/v1/clients?band=alarmed"), "id").getFirst();

        Page page = Page.of(monitor, "/api/v1/clients/" + id, "*/*");
        JsonNode entry = JSON.readTree(page.body()).path("entries").path(0);

        assertThat(OpenApi.errors("Client", page.body())).isEmpty();
        assertThat(entry.path("sensors").size()).isEqualTo(5);
        assertThat(entry.path("alarms").asInt()).isPositive();
        assertThat(entry.path("path").path("points").size()).isBetween(2, 256);
    }

    @Test
    void an_unknown_client_is_not_found() throws Exception {
        assertThat(Page.of(monitor, "/api/v1/clients/nobody", "*/*").status()).isEqualTo(404);
    }

    @Test
    void an_endpoint_says_what_it_leaks_and_how_its_scores_lie() throws Exception {
        JsonNode endpoint = get("/api/v1/endpoints").path("items").path(0);

        assertThat(endpoint.path("endpoint").asText()).isEqualTo(TrainedTarget.ENDPOINT);
        assertThat(endpoint.path("queries").asLong()).isEqualTo(QUERIES);
        double lift = endpoint.path("lift").asDouble();
        assertThat(lift)
                .isBetween(
                        endpoint.path("liftLow").asDouble(),
                        endpoint.path("liftHigh").asDouble());
        JsonNode histogram = endpoint.path("histogram");
        int bins = histogram.path("counts").size();
        assertThat(histogram.path("edges").size()).isEqualTo(bins + 1);
        assertThat(sum(histogram.path("members"))).isBetween(1 - 1e-9, 1 + 1e-9);
        assertThat(sum(histogram.path("nonMembers"))).isBetween(1 - 1e-9, 1 + 1e-9);
        assertThat(sum(histogram.path("counts"))).isPositive();
        assertThat(endpoint.path("memberShare").path("queries").asDouble()).isEqualTo(sum(histogram.path("counts")));
        assertThat(endpoint.path("model").path("id").asText())
                .isEqualTo(
                        get("/api/v1/models").path("items").path(1).path("id").asText());
    }

    private static double sum(JsonNode numbers) {
        return numbers.valueStream().mapToDouble(JsonNode::asDouble).sum();
    }

    @Test
    void lists_the_models_and_where_they_come_from() throws Exception {
        JsonNode page = get("/api/v1/models");

        assertThat(texts(page, "name")).containsExactly("(universal)", TrainedTarget.ENDPOINT);
        assertThat(texts(page, "state")).containsOnly("in force");
        assertThat(page.path("items").path(1).path("evaluation").path("auc").asDouble())
                .isGreaterThan(0.5);
        assertThat(page.path("items").path(1).path("trainedOn").asText()).isEqualTo("2025-01-01");
    }

    @Test
    void the_topology_is_a_graph_of_known_nodes_with_the_tasks_of_this_instance() throws Exception {
        JsonNode topology = get("/api/v1/topology");

        Set<String> nodes = topology.path("nodes")
                .valueStream()
                .map(node -> node.path("id").asText())
                .collect(Collectors.toSet());
        assertThat(nodes).contains("decode", "score", "detect", "store:client-states", "topic:" + INPUT);
        assertThat(topology.path("edges").valueStream())
                .allSatisfy(edge -> assertThat(nodes)
                        .contains(edge.path("from").asText(), edge.path("to").asText()));
        assertThat(topology.path("instances").path(0).path("tasks").size()).isGreaterThan(3);
        assertThat(topology.path("instances").path(0).path("lag").asLong()).isNotNegative();
    }

    @Test
    void names_no_client_by_its_raw_id() throws Exception {
        for (String path : List.of("clients?limit=500", "alerts?limit=500", "endpoints", "status", "topology")) {
            assertThat(Page.of(monitor, "/api/v1/" + path, "*/*").body())
                    .doesNotContain("prober-", "client-0", "benign-");
        }
        assertThat(STREAMED).noneMatch(line -> line.contains("prober-"));
    }
}
