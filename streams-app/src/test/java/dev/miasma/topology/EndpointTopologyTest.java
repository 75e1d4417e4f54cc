// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.fixtures.AttackFiles;
import dev.miasma.fixtures.Schemas;
import dev.miasma.measure.InMemoryMeasures;
import dev.miasma.score.AttackModels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.SplittableRandom;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The level of endpoints in the whole topology. */
class EndpointTopologyTest {
    /** A second that a minute begins with. */
    private static final long NOW = Instant.parse("2026-11-22T12:00:00Z").toEpochMilli();

    @TempDir
    Path folder;

    private final InMemoryMeasures measures = new InMemoryMeasures();
    private final Map<String, String> settings = new HashMap<>(Map.of(
            "identity.key", "0123456789abcdef",
            "identity.pseudonyms", "false"));
    private @Nullable TopologyTestDriver driver;
    private @Nullable TestInputTopic<String, String> predictions;
    private int records;

    private void start() {
        AttackFiles.write(folder, "fraud", 1000);
        MiasmaConfig config = MiasmaConfig.of(settings);
        AttackModels models = AttackModels.load(folder, false, 0.01, measures);
        var topology = MonitorTopology.build(
                config,
                Knowledge.of(models, config.sensors(), measures),
                measures,
                InstantSource.fixed(Instant.ofEpochMilli(NOW + 86_400_000)));
        Properties properties = new Properties();
        properties.putAll(StreamsSettings.of(config, measures));
        properties.put("state.dir", folder.resolve("state").toString());
        TopologyTestDriver started = new TopologyTestDriver(topology, properties);
        driver = started;
        predictions = started.createInputTopic("predictions", new StringSerializer(), new StringSerializer());
    }

    @AfterEach
    void close() {
        if (driver != null) {
            driver.close();
        }
    }

    private void send(String client, String version, double top, long millis) {
        String answer = top < 0.5 ? "\"topk\":[{\"p\":" + top + "}]" : "\"posterior\":[" + top + "," + (1 - top) + "]";
        String event = "{\"endpoint\":\"fraud\",\"version\":\"%s\",\"client\":\"%s\",\"time\":%d,\"features\":[%d],%s}"
                .formatted(version, client, NOW + millis, records++, answer);
        Objects.requireNonNull(predictions).pipeInput("key", event, NOW + millis);
    }

    /** All alerts since the last call, blocks that are still open included. */
    private List<JsonNode> alerts() {
        TopologyTestDriver started = Objects.requireNonNull(driver);
        started.advanceWallClockTime(Duration.ofSeconds(1));
        started.advanceWallClockTime(Duration.ofSeconds(1));
        return started
                .createOutputTopic("miasma-alerts", new StringDeserializer(), new StringDeserializer())
                .readRecordsToList()
                .stream()
                .map(EndpointTopologyTest::checked)
                .toList();
    }

    private static JsonNode checked(TestRecord<String, String> record) {
        try {
            JsonNode json = new JsonMapper().readTree(record.value());
            String kind = json.path("kind").asText();
            String schema = kind.endsWith("-probe") ? "alert" : "endpoint-alert";
            assertThat(Schemas.errors(schema, record.value())).isEmpty();
            assertThat(new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8))
                    .isEqualTo("dev.miasma.alert." + kind + ".v1");
            return json;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void a_version_that_leaks_more_than_the_one_before_ends_in_one_alert(String keyed) {
        settings.put("input.keyed.by.client", keyed);
        settings.put("detect.budget.per.million", "100");
        start();
        var random = new SplittableRandom(20261122);
        for (int query = 0; query < 6000; query++) {
            String version = query < 500 || query % 2 == 0 ? "1" : "2";
            double flagRate = version.equals("1") ? 0.01 : 0.08;
            double top = random.nextDouble() < flagRate ? random.nextDouble(0.992, 1) : random.nextDouble(0.01, 0.9);
            send("client-" + random.nextInt(2000), version, top, 10L * query);
        }

        List<JsonNode> alerts = alerts();

        assertThat(alerts).hasSize(1);
        JsonNode alert = alerts.getFirst();
        assertThat(alert.path("kind").asText()).isEqualTo("version-leaks-more");
        assertThat(alert.path("version").asText()).isEqualTo("2");
        assertThat(alert.path("severity").asText()).isEqualTo("high");
        assertThat(alert.path("evidence").path("before").path("version").asText())
                .isEqualTo("1");
        assertThat(alert.path("evidence").path("ratio").asDouble()).isGreaterThan(2);
        assertThat(measures.leakBlockCount("used")).isGreaterThan(100);
        assertThat(measures.leakBlockCount("no-model")).isZero();
        assertThat(measures.failedCount()).isZero();
    }

    @Test
    void a_flood_of_invented_clients_ends_in_one_alert_and_a_suspect_from_before_still_alarms() {
        settings.put("detect.budget.per.million", "1000");
        settings.put("detect.flood.per.minute", "1000");
        settings.put("detect.max.subjects", "2000");
        start();
        var random = new SplittableRandom(20261122);
        for (int query = 0; query < 2; query++) {
            send("suspect", "1", random.nextDouble(0.96, 1), 100L * query);
        }
        assertThat(alerts()).isEmpty();
        for (int client = 0; client < 30_000; client++) {
            send("invented-" + client, "1", random.nextDouble(0.01, 0.9), 60_000 + client);
        }
        List<JsonNode> flood = alerts();
        for (int query = 0; query < 20; query++) {
            send("suspect", "1", random.nextDouble(0.96, 1), 120_000 + query);
        }

        assertThat(flood).hasSize(1);
        assertThat(flood.getFirst().path("kind").asText()).isEqualTo("client-flood");
        assertThat(flood.getFirst().path("severity").asText()).isEqualTo("medium");
        assertThat(flood.getFirst().path("evidence").path("limit").asDouble()).isEqualTo(1000);
        assertThat(measures.droppedCount("client", "cold")).isGreaterThan(20_000);
        List<JsonNode> after = alerts();
        assertThat(after)
                .extracting(
                        alert -> alert.path("client").asText(),
                        alert -> alert.path("kind").asText())
                .contains(tuple("suspect", "membership-probe"));
        assertThat(after.getFirst().path("evidence").path("since").asText())
                .as("it was not forgotten")
                .isEqualTo("2026-11-22T12:00:00Z");
    }
}
