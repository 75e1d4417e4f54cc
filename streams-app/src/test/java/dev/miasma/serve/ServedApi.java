// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.miasma.config.HttpSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The API of an instance that holds what a test puts into it, on a port of its own. */
final class ServedApi implements AutoCloseable, Fleet, Watchlist {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final JsonMapper JSON = new JsonMapper();

    final List<ClientItem> clients = new ArrayList<>();
    final List<EndpointItem> endpoints = new ArrayList<>();
    final List<String> others = new ArrayList<>();
    final List<String> holders = new ArrayList<>();
    final AlertLog alerts = new AlertLog();
    long received;
    boolean rebalancing;
    private final HttpClient http = HttpClient.newHttpClient();
    private final MonitorServer server;

    ServedApi() {
        this("");
    }

    ServedApi(String token) {
        this(new HttpSettings("127.0.0.1", 0, token, MINUTE, MINUTE));
    }

    ServedApi(HttpSettings settings) {
        server = MonitorServer.bind(settings);
        server.open(
                accept -> new MonitorServer.Page("metric 1\n", "text/plain"),
                () -> Health.good("well"),
                () -> Health.good("well"),
                api());
    }

    MonitorApi api() {
        return new MonitorApi(
                this,
                () -> new MonitorStatus(
                        self(),
                        "1.2.3",
                        "RUNNING",
                        "2026-01-01T00:00:00Z",
                        "miasma",
                        List.of("predictions"),
                        "alerts",
                        new MonitorStatus.Thresholds(6.1, 6.8, 7.3),
                        1,
                        0.01,
                        List.of(self())),
                this,
                () -> List.copyOf(endpoints),
                alerts,
                () -> List.of(
                        new ModelItem("shop", null, null, "broken", "not JSON", null, null, null, null, null, null)),
                () -> new TopologyPage(
                        List.of(new TopologyPage.Node("detect", "detect", "processor", 1)),
                        List.of(new TopologyPage.Edge("decode", "detect")),
                        List.of(new TopologyPage.Instance(self(), self(), "RUNNING", 2, List.of("0_0"), 3L)),
                        List.of()),
                () -> new LiveCounts(received, 0, 0, "RUNNING", new TreeMap<>(), new TreeMap<>(), List.of()),
                InstantSource.system());
    }

    /** A client at one endpoint, of this instance. */
    ClientItem add(String id, String band, double evidence) {
        return add(id, "client", "shop", band, evidence);
    }

    ClientItem add(String id, String level, String endpoint, String band, double evidence) {
        ClientItem item = new ClientItem(
                id,
                endpoint,
                level,
                evidence,
                6,
                band,
                10,
                "2026-01-01T00:00:00Z",
                "2026-01-01T00:00:01Z",
                0,
                null,
                self());
        clients.add(item);
        return item;
    }

    @Override
    public String self() {
        return "127.0.0.1:" + server.port();
    }

    @Override
    public List<String> others() {
        return others;
    }

    @Override
    public List<String> holdersOf(String client) {
        return holders.isEmpty() ? List.of(self()) : holders;
    }

    @Override
    public Found list(Filter filter) {
        if (rebalancing) {
            throw ProblemException.unavailable("the stream is REBALANCING");
        }
        List<ClientItem> wanted = clients.stream()
                .filter(filter::takes)
                .sorted(Comparator.comparing(Rank::of))
                .toList();
        List<ClientItem> behind = wanted.stream()
                .filter(item -> filter.after() == null || Rank.of(item).compareTo(filter.after()) > 0)
                .toList();
        return new Found(
                behind.stream().limit(filter.limit()).toList(), behind.size() > filter.limit(), (long) wanted.size());
    }

    @Override
    public List<ClientEntry> find(String level, String id) {
        if (rebalancing) {
            throw ProblemException.unavailable("the stream is REBALANCING");
        }
        Path path = new Path(
                List.of(
                        new Path.Point("2026-01-01T00:00:00Z", 1.5, "repeat"),
                        new Path.Point("2026-01-01T00:00:02Z", 3, "climb")),
                false);
        return clients.stream()
                .filter(item -> item.level().equals(level) && item.id().equals(id))
                .map(item -> ClientEntry.of(item, List.of(new ClientEntry.Reading("repeat", 1, 2, 3)), path))
                .toList();
    }

    /** An answer. */
    record Answer(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        JsonNode json() throws IOException {
            return JSON.readTree(response.body());
        }
    }

    Answer get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, headers);
    }

    Answer send(String method, String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(20));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return new Answer(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    }

    URI uri(String path) {
        return URI.create("http://" + self() + path);
    }

    HttpClient http() {
        return http;
    }

    /** An event of the alerts topic. */
    static byte[] alert(String id, String time, String severity, @Nullable String client) {
        return JSON.createObjectNode()
                .put("id", id)
                .put("kind", client == null ? "client-flood" : "membership-probe")
                .put("time", time)
                .put("severity", severity)
                .put("summary", "something")
                .put("endpoint", "shop")
                .put("version", "1")
                .put("client", client)
                .putNull("cohort")
                .put("sensor", client == null ? null : "repeat")
                .put("runbook", "somewhere.md")
                .<ObjectNode>set(
                        "evidence",
                        JSON.createObjectNode()
                                .put("value", 1e6)
                                .put("threshold", 1e5)
                                .put("queries", 17))
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.close();
        http.close();
    }
}
