// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.operations;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A real Prometheus with the configuration of src/prometheus, but for addresses and the time between two scrapes. */
final class LivePrometheus implements AutoCloseable {
    private final Server server;

    private LivePrometheus(Server server) {
        this.server = server;
    }

    /**
     * Starts one.
     *
     * @param program name of the program
     * @param folder for its configuration and data
     * @param monitor address of the metrics of a monitor
     * @param alertmanagerPort where alerts are sent to
     * @param interval between two scrapes, and between two evaluations of the rules
     * @param rules what becomes of a file of rules
     */
    static LivePrometheus start(
            String program,
            Path folder,
            URI monitor,
            int alertmanagerPort,
            String interval,
            UnaryOperator<JsonNode> rules)
            throws IOException {
        int port = Server.freePort();
        Files.createDirectories(folder.resolve("rules"));
        for (Path file : Repository.files("src/prometheus/rules", ".yml")) {
            // JSON is YAML too.
            Files.writeString(
                    folder.resolve("rules").resolve(file.getFileName()),
                    rules.apply(Repository.yaml(file)).toString());
        }
        Files.writeString(
                folder.resolve("prometheus.yml"),
                configuration(monitor, port, alertmanagerPort, interval).toString());
        return new LivePrometheus(Server.start(
                folder,
                port,
                "/-/ready",
                List.of(
                        program,
                        "--config.file=prometheus.yml",
                        "--storage.tsdb.path=data",
                        "--rules.alert.resend-delay=1s",
                        "--web.listen-address=" + Server.LOOPBACK + ":" + port)));
    }

    private static JsonNode configuration(URI monitor, int port, int alertmanagerPort, String interval) {
        JsonNode configuration = Repository.yaml(Repository.file("src/prometheus/prometheus.yml"));
        ((ObjectNode) configuration.path("global"))
                .put("scrape_interval", interval)
                .put("scrape_timeout", interval)
                .put("evaluation_interval", interval);
        target(configuration.at("/alerting/alertmanagers/0"), alertmanagerPort);
        for (JsonNode job : configuration.path("scrape_configs")) {
            target(job, job.path("job_name").asText().equals("miasma") ? monitor.getPort() : port);
        }
        return configuration;
    }

    private static void target(JsonNode of, int port) {
        ArrayNode targets = (ArrayNode) of.at("/static_configs/0/targets");
        targets.removeAll();
        targets.add(Server.LOOPBACK + ":" + port);
    }

    /** The answer to a query about now, with its {@code status}. */
    JsonNode query(String expression) {
        return server.json("/api/v1/query?query=" + URLEncoder.encode(expression, UTF_8));
    }

    /** The answer to a query about every second of a stretch of time, with its {@code status}. */
    JsonNode queryRange(String expression, long fromSeconds, long toSeconds) {
        return server.json("/api/v1/query_range?step=1&start=" + fromSeconds + "&end=" + toSeconds + "&query="
                + URLEncoder.encode(expression, UTF_8));
    }

    /** The values of a label among the series of a selector. */
    List<String> labelValues(String label, String selector) {
        JsonNode answer =
                server.json("/api/v1/label/" + label + "/values?match%5B%5D=" + URLEncoder.encode(selector, UTF_8));
        return Repository.each(answer.path("data")).map(JsonNode::asText).toList();
    }

    /** The rules that it has loaded, with their {@code health}. */
    Stream<JsonNode> rules() {
        return Repository.each(server.json("/api/v1/rules").at("/data/groups"))
                .flatMap(group -> Repository.each(group.path("rules")));
    }

    /** The series of an answer. */
    static List<JsonNode> series(JsonNode answer) {
        return Repository.each(answer.at("/data/result")).toList();
    }

    @Override
    public void close() {
        server.close();
    }
}
