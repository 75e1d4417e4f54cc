// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.detect.Exemptions;
import dev.miasma.fixtures.AttackFiles;
import dev.miasma.fixtures.Schemas;
import dev.miasma.measure.InMemoryMeasures;
import dev.miasma.score.AttackModels;
import dev.miasma.score.TrainingFilters;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom the whole topology watches: clients by any sensor, cohorts, the exempted, and the suspect in a flood. */
class WatchingTopologyTest {
    private static final long NOW = Instant.parse("2026-11-22T12:00:00Z").toEpochMilli();

    private static final Set<String> WATCHED = Set.of("membership-probe", "cohort-probe");

    @TempDir
    Path folder;

    private final InMemoryMeasures measures = new InMemoryMeasures();
    private final SplittableRandom random = new SplittableRandom(20261122);
    private @Nullable TopologyTestDriver driver;
    private long millis = NOW - 3_600_000;
    private int events;

    private void start(String... settings) {
        Map<String, String> values =
                new HashMap<>(Map.of("identity.key", "0123456789abcdef", "identity.pseudonyms", "false"));
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        AttackFiles.write(folder, "fraud", 1000);
        MiasmaConfig config = MiasmaConfig.of(values);
        AttackModels models = AttackModels.load(folder, false, 0.01, measures);
        var knowledge =
                new Knowledge(models, TrainingFilters.none(), new Exemptions(config.sensors(), models, measures));
        Properties properties = new Properties();
        properties.putAll(StreamsSettings.of(config, measures));
        properties.put("state.dir", folder.resolve("state").toString());
        var clock = InstantSource.fixed(Instant.ofEpochMilli(NOW));
        driver = new TopologyTestDriver(MonitorTopology.build(config, knowledge, measures, clock), properties);
    }

    @AfterEach
    void close() {
        if (driver != null) {
            driver.close();
        }
    }

    private TopologyTestDriver driver() {
        return Objects.requireNonNull(driver);
    }

    private void send(String topic, @Nullable String key, String value) {
        driver().createInputTopic(topic, new StringSerializer(), new StringSerializer())
                .pipeInput(new TestRecord<>(key, value, new RecordHeaders(), NOW));
    }

    private void ask(String client, String cohort, int record, String answer) {
        millis += 10;
        send(
                "predictions",
                "key",
                "{\"id\":\"q-%d\",\"time\":%d,\"endpoint\":\"fraud\",\"client\":\"%s\",\"cohort\":\"%s\",\"fingerprint\":\"%d\",%s}"
                        .formatted(events++, millis, client, cohort, record, answer));
    }

    private void askScored(String client, String cohort, int record, double top) {
        String answer = top < 0.5 ? "\"topk\":[{\"p\":" + top + "}]" : "\"posterior\":[" + top + "," + (1 - top) + "]";
        ask(client, cohort, record, answer);
    }

    /** Alerts about clients and cohorts; endpoints have tests of their own. */
    private List<JsonNode> alerts() throws IOException {
        List<JsonNode> alerts = new ArrayList<>();
        for (String json : driver().createOutputTopic(
                        "miasma-alerts", new StringDeserializer(), new StringDeserializer())
                .readValuesToList()) {
            JsonNode alert = new JsonMapper().readTree(json);
            if (WATCHED.contains(alert.path("kind").asText())) {
                assertThat(Schemas.errors("alert", json)).isEmpty();
                alerts.add(alert);
            }
        }
        return alerts;
    }

    private double benignTop() {
        return random.nextDouble(0.01, 1);
    }

    private double memberTop() {
        return random.nextDouble(0.9, 1);
    }

    @Test
    void sybils_of_one_cohort_are_found_together_and_none_alone() throws IOException {
        start();
        int record = 0;
        for (int round = 0; round < 2; round++) {
            for (int account = 0; account < 50; account++) {
                askScored("sybil-" + account, "tenant-x", record++, memberTop());
                askScored("honest-" + account, "tenant-y", record++, benignTop());
            }
        }

        List<JsonNode> alerts = alerts();
        assertThat(alerts).isNotEmpty().allSatisfy(alert -> {
            assertThat(alert.path("kind").asText()).isEqualTo("cohort-probe");
            assertThat(alert.path("cohort").asText()).isEqualTo("tenant-x");
            assertThat(alert.path("client").isNull()).isTrue();
        });
        assertThat(alerts.getFirst().path("evidence").path("queries").asInt()).isLessThan(60);
        assertThat(measures.cohortCount("alarmed")).isEqualTo(1);
        assertThat(measures.clientCount("alarmed")).isZero();
    }

    @Test
    void a_record_that_all_clients_of_a_cohort_ask_about_is_evidence_once() throws IOException {
        start();
        for (int account = 0; account < 300; account++) {
            askScored("user-" + account, "tenant", 7, 0.999);
        }

        assertThat(alerts()).isEmpty();
    }

    @Test
    void queries_with_a_label_only_are_watched_by_their_neighbourhood() throws IOException {
        start();
        for (int step = 0; step < 60; step++) {
            millis += 10;
            StringBuilder features = new StringBuilder();
            for (int feature = 0; feature < 40; feature++) {
                features.append(feature == 0 ? "" : ",").append(feature == step % 40 ? 1 : 0);
            }
            send(
                    "predictions",
                    "key",
                    String.format(
                            Locale.ROOT,
                            "{\"id\":\"w-%d\",\"time\":%d,\"endpoint\":\"fraud\",\"client\":\"walker\",\"features\":[%s,%d],"
                                    + "\"label\":\"cat\"}",
                            step,
                            millis,
                            features,
                            step / 40));
        }

        JsonNode alert = alerts().getFirst();
        assertThat(alert.path("sensor").asText()).isEqualTo("neighbourhood");
        assertThat(alert.path("severity").asText()).isEqualTo("high");
        assertThat(alert.path("model").path("id").isNull()).isTrue();
        assertThat(alert.path("runbook").asText()).endsWith("membership-probe.md");
        assertThat(alert.path("actions").size()).isPositive();
        assertThat(measures.unscorableCount()).isEqualTo(60);
    }

    @Test
    void an_exemption_from_the_topic_holds_alerts_back_until_it_is_withdrawn() throws IOException {
        start("exemptions.topic", "exemptions", "detect.cooldown.ms", "0");
        String key = "client:auditor@fraud";
        send("exemptions", key, """
                {"kind":"allow","level":"client","name":"auditor","endpoint":"fraud","reason":"owner's audit",
                 "until":"2999-01-01T00:00:00Z"}""");
        int record = 0;
        for (int i = 0; i < 60; i++) {
            askScored("auditor", "owners", record++, memberTop());
        }
        assertThat(alerts()).noneMatch(alert -> alert.path("kind").asText().equals("membership-probe"));
        assertThat(measures.allowedAlarms()).isPositive();

        driver().createInputTopic("exemptions", new StringSerializer(), new StringSerializer())
                .pipeInput(new TestRecord<>(key, null, new RecordHeaders(), NOW));
        for (int i = 0; i < 60; i++) {
            askScored("auditor", "owners", record++, memberTop());
        }

        assertThat(alerts()).anyMatch(alert -> alert.path("client").asText().equals("auditor"));
    }

    @Test
    void a_flood_of_invented_clients_pushes_out_itself_and_no_suspect() throws IOException {
        start("detect.max.subjects", "1000");
        int record = 0;
        for (int i = 0; i < 8; i++) {
            askScored("suspect", "a", record++, 0.9999);
        }
        assertThat(measures.clientCount("low"))
                .as("the suspect is above the low band")
                .isZero();
        for (int i = 0; i < 20_000; i++) {
            askScored("invented-" + i, "c" + i, record++, benignTop());
        }
        assertThat(alerts()).noneMatch(alert -> alert.path("client").asText().equals("suspect"));
        for (int i = 0; i < 12; i++) {
            askScored("suspect", "a", record++, 0.9999);
        }

        JsonNode alert = alerts().getFirst();
        assertThat(alert.path("client").asText()).isEqualTo("suspect");
        assertThat(alert.path("evidence").path("queries").asInt())
                .as("the evidence from before counts")
                .isGreaterThan(8);
        assertThat(measures.clientCount()).isLessThanOrEqualTo(1000);
        assertThat(measures.droppedCount("client", "cold")).isPositive();
    }
}
