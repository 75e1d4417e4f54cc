// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.miasma.embedded.KafkaForTests;
import dev.miasma.fixtures.AttackFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The log of a monitor in a process of its own, as JSON: first a few alerts, then floods of everything; each test looks at one
 * side.
 */
class LogIT {
    private static final String NAME = "logged";
    private static final String INPUT = "logged-predictions";
    private static final String REPARTITION = NAME + "-scored-by-client-repartition";
    private static final int PROBERS = 5;
    private static final int FLOOD_OF_PROBERS = 150;
    private static final int PROBES = 40;
    private static final int REJECTS = 3_000;
    private static final int FAILURES = 400;
    private static final int MOST_A_MINUTE = 30;
    private static final long START = 1_767_225_600_000L;

    /** What only events say: a client, a cohort, features, the digits of posteriors, and what is no event. */
    private static final List<String> SECRETS =
            List.of("planted-client", "planted-cohort", "918273", "99876543", "planted-payload");

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final JsonMapper JSON = new JsonMapper();

    @RegisterExtension
    static final KafkaForTests KAFKA = new KafkaForTests();

    @TempDir
    private static Path folder = Path.of("");

    private static List<String> ofFewAlerts = List.of();
    private static List<String> all = List.of();
    private static List<String> firstAlerts = List.of();
    private static long minutes;
    private static int sent;

    @BeforeAll
    static void a_monitor_has_logged_it_all() throws Exception {
        KAFKA.createTopic(INPUT, 2);
        Path models = Files.createDirectories(folder.resolve("models"));
        AttackFiles.write(models, "fraud", 1_000);
        Settings settings = new Settings(KAFKA.bootstrapServers(), NAME, INPUT, models, folder);
        Instant start = Instant.now();
        try (ChildJvm monitor = ChildJvm.start(
                        folder, List.of(), Map.of("MIASMA_LOG_FORMAT", "json"), settings.runArguments());
                GroupProgress group = new GroupProgress(KAFKA.bootstrapServers(), NAME);
                var producer = new KafkaProducer<>(
                        Map.<String, Object>of("bootstrap.servers", KAFKA.bootstrapServers(), "linger.ms", 5),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            await(monitor, () -> monitor.err().contains("watching"));
            probe(producer, 0, PROBERS);
            await(
                    monitor,
                    () -> alerts().size() >= 2 * PROBERS
                            && lines(monitor, "alert").size() >= alerts().size());
            TimeUnit.SECONDS.sleep(2);
            firstAlerts = alerts();
            ofFewAlerts = monitor.err().lines().toList();

            for (int i = 0; i < REJECTS; i++) {
                var _ = producer.send(record(INPUT, "planted-payload " + i));
            }
            for (int i = 0; i < FAILURES; i++) {
                var _ = producer.send(record(REPARTITION, "planted-payload " + i));
            }
            probe(producer, PROBERS, FLOOD_OF_PROBERS);
            await(
                    monitor,
                    () -> group.done(INPUT) >= sent
                            && Committed.records(KAFKA.bootstrapServers(), NAME + "-dead-letters")
                                            .size()
                                    >= REJECTS + FAILURES);
            await(monitor, () -> alerts().size() >= FLOOD_OF_PROBERS);
            TimeUnit.SECONDS.sleep(1);
            monitor.stop();
            all = monitor.err().lines().toList();
        }
        minutes = Duration.between(start, Instant.now()).toMinutes() + 1;
    }

    private static void await(ChildJvm monitor, Callable<Boolean> until) {
        Awaitility.await()
                .conditionEvaluationListener(new ChildLog(monitor))
                .failFast(monitor::assertAlive)
                .pollInterval(Duration.ofMillis(500))
                .atMost(PATIENCE)
                .until(until);
    }

    private static ProducerRecord<String, byte[]> record(String topic, String text) {
        sent += topic.equals(INPUT) ? 1 : 0;
        return new ProducerRecord<>(topic, "planted-client", text.getBytes(StandardCharsets.UTF_8));
    }

    private static void probe(KafkaProducer<String, byte[]> producer, int first, int probers) {
        for (int i = 0; i < PROBES; i++) {
            for (int prober = first; prober < first + probers; prober++) {
                String event = String.format(
                        Locale.ROOT,
                        "{\"endpoint\":\"fraud\",\"version\":\"7\",\"client\":\"planted-client-%d\",\"cohort\":"
                                + "\"planted-cohort-%d\",\"time\":%d,\"features\":[918273,%d],\"posterior\":"
                                + "[0.99876543,0.00123457]}",
                        prober,
                        prober,
                        START + i,
                        sent);
                var _ = producer.send(record(INPUT, event));
            }
        }
        producer.flush();
    }

    /** Ids of the alerts in the topic. */
    private static List<String> alerts() {
        return Committed.json(KAFKA.bootstrapServers(), NAME + "-alerts").stream()
                .map(alert -> alert.path("id").asText())
                .toList();
    }

    private static List<JsonNode> lines(ChildJvm monitor, String kind) {
        return ofKind(monitor.err().lines().filter(line -> line.endsWith("}")).toList(), kind);
    }

    /** The lines of a kind, but for those that say how many were left out. */
    private static List<JsonNode> ofKind(List<String> lines, String kind) {
        return lines.stream()
                .map(LogIT::parsed)
                .filter(line -> line.at("/fields/kind").asText().equals(kind)
                        && !line.at("/fields").has("leftOut"))
                .toList();
    }

    private static long leftOut(String kind) {
        return all.stream()
                .map(LogIT::parsed)
                .filter(line -> line.at("/fields/kind").asText().equals(kind))
                .mapToLong(line -> line.at("/fields/leftOut").asLong())
                .sum();
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException("no JSON: " + line, e);
        }
    }

    @Test
    void every_line_is_one_json_object_with_time_level_logger_and_message() {
        assertThat(all).hasSizeGreaterThan(10).allSatisfy(line -> {
            JsonNode json = parsed(line);
            assertThat(Instant.parse(json.path("time").asText())).isBefore(Instant.now());
            assertThat(json.path("level").asText()).isIn("INFO", "WARN", "ERROR");
            assertThat(json.path("logger").asText()).isNotBlank();
            assertThat(json.path("message").asText()).isNotBlank();
        });
    }

    @Test
    void every_alert_is_one_line_with_its_figures() {
        List<JsonNode> lines = ofKind(ofFewAlerts, "alert");

        assertThat(lines)
                .extracting(line -> line.at("/fields/alert").asText())
                .containsExactlyInAnyOrderElementsOf(firstAlerts);
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.at("/fields/severity").asText()).isIn("high", "critical");
            assertThat(line.path("level").asText()).isEqualTo("WARN");
            assertThat(line.at("/fields/about").asText()).isIn("client", "cohort", "endpoint");
            assertThat(line.at("/fields/endpoint").asText()).isEqualTo("fraud");
            assertThat(line.at("/fields/version").asText()).isEqualTo("7");
        });
        assertThat(lines).anyMatch(line -> line.path("message").asText().contains(" needed"));
    }

    @Test
    void rejects_and_failures_say_why_and_where() {
        assertThat(ofKind(all, "rejected")).isNotEmpty().allSatisfy(line -> {
            assertThat(line.path("level").asText()).isEqualTo("WARN");
            assertThat(line.at("/fields/reason").asText()).isEqualTo("not-json");
            assertThat(line.at("/fields/topic").asText()).isEqualTo(INPUT);
            assertThat(line.at("/fields/offset").asLong(-1)).isNotNegative();
        });
        assertThat(ofKind(all, "stage failure")).isNotEmpty().allSatisfy(line -> {
            assertThat(line.path("level").asText()).isEqualTo("ERROR");
            assertThat(line.at("/fields/topic").asText()).isEqualTo(REPARTITION);
            assertThat(line.path("stackTrace").asText()).contains("ScoredQuerySerde");
        });
    }

    @Test
    void a_flood_is_a_few_lines_and_the_count_of_the_others() {
        long alerts = alerts().size();

        assertThat(ofKind(all, "rejected").size() + leftOut("rejected")).isEqualTo(REJECTS);
        assertThat(ofKind(all, "stage failure").size() + leftOut("stage failure"))
                .isEqualTo(FAILURES);
        assertThat(ofKind(all, "alert").size() + leftOut("alert")).isEqualTo(alerts);
        for (String kind : List.of("rejected", "stage failure", "alert")) {
            assertThat(ofKind(all, kind)).as(kind).hasSizeLessThanOrEqualTo((int) (MOST_A_MINUTE * minutes));
            assertThat(leftOut(kind)).as(kind).isPositive();
        }
        assertThat(all).hasSizeLessThan((int) (4 * MOST_A_MINUTE * minutes));
    }

    @Test
    void no_line_holds_anything_of_an_event() {
        assertThat(all).allSatisfy(line -> assertThat(line).doesNotContain(SECRETS));
    }

    @Test
    void a_format_that_is_none_is_a_usage_error() throws Exception {
        try (ChildJvm program = ChildJvm.start(folder, List.of(), Map.of("MIASMA_LOG_FORMAT", "yaml"), "config")) {
            assertThat(program.await()).isEqualTo(2);
            assertThat(program.err()).contains("'yaml'", "text", "json").hasLineCount(1);
        }
    }
}
