// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.miasma.attack.UniversalModel;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.decode.DecodeProcessor;
import dev.miasma.fixtures.AttackFiles;
import dev.miasma.fixtures.Schemas;
import dev.miasma.measure.InMemoryMeasures;
import dev.miasma.score.AttackModels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SplittableRandom;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MonitorTopologyTest {
    private static final long NOW = Instant.parse("2026-11-22T12:00:00Z").toEpochMilli();

    @TempDir
    Path folder;

    private final InMemoryMeasures measures = new InMemoryMeasures();
    private @Nullable TopologyTestDriver driver;

    private static MiasmaConfig config(String... settings) {
        Map<String, String> values = new HashMap<>(Map.of(
                "identity.key", "0123456789abcdef",
                "identity.pseudonyms", "false",
                "detect.budget.per.million", "1000"));
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        return MiasmaConfig.of(values);
    }

    private TopologyTestDriver start(String... settings) {
        AttackFiles.write(folder, "fraud", 1000);
        return start(AttackModels.load(folder, false, 0.01, measures), settings);
    }

    private TopologyTestDriver start(AttackModels models, String... settings) {
        MiasmaConfig config = config(settings);
        var topology = MonitorTopology.build(
                config,
                Knowledge.of(models, config.sensors(), measures),
                measures,
                InstantSource.fixed(Instant.ofEpochMilli(NOW)));
        Properties properties = new Properties();
        properties.putAll(StreamsSettings.of(config, measures));
        properties.put("state.dir", folder.resolve("state").toString());
        TopologyTestDriver started = new TopologyTestDriver(topology, properties);
        driver = started;
        return started;
    }

    @AfterEach
    void close() {
        if (driver != null) {
            driver.close();
        }
    }

    private static void send(TopologyTestDriver driver, String event) {
        driver.createInputTopic("predictions", new StringSerializer(), new StringSerializer())
                .pipeInput(new TestRecord<>("key", event, new RecordHeaders(), NOW));
    }

    /** The calibration's non-members score evenly from 0 to 1; so low a top needs more than two classes. */
    private static String event(String client, int record, double top) {
        String answer = top < 0.5 ? "\"topk\":[{\"p\":" + top + "}]" : "\"posterior\":[" + top + "," + (1 - top) + "]";
        return "{\"id\":\"q-%d\",\"endpoint\":\"fraud\",\"client\":\"%s\",\"features\":[%d],%s}"
                .formatted(record, client, record, answer);
    }

    private static TestOutputTopic<String, String> output(TopologyTestDriver driver, String topic) {
        return driver.createOutputTopic(topic, new StringDeserializer(), new StringDeserializer());
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void every_internal_topic_is_explicitly_named(String keyed) {
        TopologyTestDriver started = start("input.keyed.by.client", keyed);
        send(started, event("alice", 1, 0.5));

        assertThat(StreamsSettings.of(config(), measures))
                .containsEntry("ensure.explicit.internal.resource.naming", true);
        assertThat(started.producedTopicNames())
                .contains("miasma-client-states-changelog")
                .allMatch(topic -> List.of(
                                "miasma-client-states-changelog",
                                "miasma-leak-blocks-changelog",
                                "miasma-scored-by-client-repartition")
                        .contains(topic));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void a_probing_client_is_told_of_and_a_benign_one_is_not(String keyed) throws IOException {
        TopologyTestDriver started = start("input.keyed.by.client", keyed);
        var random = new SplittableRandom(20261122);
        for (int record = 0; record < 100; record++) {
            send(started, event("benign", record, random.nextDouble(0.01, 1)));
            send(started, event("prober", record, random.nextDouble(0.96, 1)));
        }

        TestRecord<String, String> alert = output(started, "miasma-alerts").readRecord();
        JsonNode json = new JsonMapper().readTree(alert.value());
        assertThat(Schemas.errors("alert", alert.value())).isEmpty();
        assertThat(alert.key()).isEqualTo("prober@fraud");
        assertThat(json.path("client").asText()).isEqualTo("prober");
        assertThat(json.path("version").asText()).isEqualTo("unversioned");
        assertThat(json.path("severity").asText()).isEqualTo("high");
        assertThat(json.path("model").path("id").asText())
                .isEqualTo(AttackFiles.attack(1000).id());
        assertThat(output(started, "miasma-alerts").readRecordsToList())
                .as("only what is more severe is sent inside the cool-down")
                .allSatisfy(next -> {
                    assertThat(next.key()).isEqualTo("prober@fraud");
                    assertThat(next.value()).contains("\"severity\":\"critical\"");
                });
        assertThat(measures.alertsHeldCount()).isPositive();
        assertThat(output(started, "miasma-client-risk").readRecordsToList())
                .isNotEmpty()
                .allSatisfy(risk -> {
                    assertThat(risk.key()).isIn("prober@fraud", "benign@fraud");
                    assertThat(Schemas.errors("client-risk", risk.value())).isEmpty();
                });
        assertThat(measures.clientCount("alarmed")).isEqualTo(1);
    }

    @Test
    void without_model_files_the_universal_model_scores_and_its_alerts_promise_nothing() throws IOException {
        TopologyTestDriver started = start(AttackModels.load(folder.resolve("none"), true, 0.01, measures));
        for (int record = 0; record < 1000; record++) {
            // Surer than the surest of the public models was of any non-member.
            send(started, event("prober", record, 0.9999999999999));
            send(started, event("benign", 1000 + record, 0.5 + 1e-5 * record));
        }

        List<String> alerts = output(started, "miasma-alerts").readValuesToList();
        assertThat(alerts).isNotEmpty();
        JsonNode alert = new JsonMapper().readTree(alerts.getFirst());
        assertThat(Schemas.errors("alert", alerts.getFirst())).isEmpty();
        assertThat(alert.path("client").asText()).isEqualTo("prober");
        assertThat(alert.path("severity").asText()).isEqualTo("medium");
        assertThat(alert.path("budget").path("guaranteed").asBoolean()).isFalse();
        assertThat(alert.path("budget").path("promise").asText()).startsWith("None: ");
        assertThat(alert.path("model").path("id").asText())
                .isEqualTo(UniversalModel.load().id());
        assertThat(measures.unscorableCount()).isZero();
    }

    @Test
    void repeats_of_one_leaky_answer_are_no_evidence_of_member_likeness() {
        TopologyTestDriver started = start("detect.weight.repeat", "0");
        for (int i = 0; i < 500; i++) {
            send(started, event("cron-job", 7, 0.999));
        }

        assertThat(output(started, "miasma-alerts").isEmpty()).isTrue();
        assertThat(measures.repeatCount()).isEqualTo(499);
    }

    @Test
    void the_same_query_again_and_again_is_told_of_as_such() throws IOException {
        TopologyTestDriver started = start();
        for (int i = 0; i < 60; i++) {
            send(started, event("averager", 7, 0.6));
        }

        String alert = output(started, "miasma-alerts").readValue();
        assertThat(Schemas.errors("alert", alert)).isEmpty();
        assertThat(new JsonMapper().readTree(alert).path("sensor").asText()).isEqualTo("repeat");
    }

    @Test
    void clients_go_by_pseudonyms_on_every_topic() {
        TopologyTestDriver started = start("identity.pseudonyms", "true", "input.keyed.by.client", "false");
        for (int record = 0; record < 100; record++) {
            send(started, event("SECRET-client", record, 0.995));
        }
        send(started, "{\"client\":\"SECRET-client\"}");

        assertThat(measures.alertsSentCount()).isPositive();
        for (String topic : started.producedTopicNames()) {
            assertThat(output(started, topic).readRecordsToList())
                    .as(topic)
                    .isNotEmpty()
                    .allSatisfy(record -> assertThat(record.toString()).doesNotContain("SECRET"));
        }
    }

    @Test
    void the_clients_headers_do_not_travel_on() {
        TopologyTestDriver started = start();
        var headers = new RecordHeaders()
                .add("miasma-client", "from-header".getBytes(StandardCharsets.UTF_8))
                .add("authorization", "SECRET".getBytes(StandardCharsets.UTF_8));
        for (int record = 0; record < 50; record++) {
            started.createInputTopic("predictions", new StringSerializer(), new StringSerializer())
                    .pipeInput(new TestRecord<>("key", event("field", record, 0.995), headers, NOW));
        }

        assertThat(output(started, "miasma-alerts").readRecord().key()).isEqualTo("from-header@fraud");
        for (String topic : started.producedTopicNames()) {
            assertThat(output(started, topic).readRecordsToList())
                    .as(topic)
                    .allSatisfy(record -> assertThat(record.headers().lastHeader("authorization"))
                            .isNull());
        }
    }

    @Test
    void a_bad_event_becomes_a_dead_letter_without_its_content() throws IOException {
        TopologyTestDriver started = start();
        send(started, event("alice", 1, 0.5));
        send(started, "{\"client\":\"SECRET\",\"endpoint\":\"fraud\",\"posterior\":[0.5]}");

        TestRecord<String, String> letter =
                output(started, "miasma-dead-letters").readRecord();
        JsonNode json = new JsonMapper().readTree(letter.value());
        assertThat(Schemas.errors("dead-letter", letter.value())).isEmpty();
        assertThat(letter.key()).isEqualTo("predictions-0-1");
        assertThat(letter.headers().lastHeader(DecodeProcessor.REASON_HEADER).value())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("sum-off");
        assertThat(json.path("reason").asText()).isEqualTo("sum-off");
        assertThat(json.path("topic").asText()).isEqualTo("predictions");
        assertThat(json.path("partition").asInt()).isZero();
        assertThat(json.path("offset").asLong()).isEqualTo(1);
        assertThat(json.path("recordTime").asLong()).isEqualTo(NOW);
        assertThat(json.has("payload")).isFalse();
        assertThat(letter.value()).doesNotContain("SECRET");
    }

    @Test
    void a_dead_letter_carries_the_event_where_that_is_switched_on() throws IOException {
        TopologyTestDriver started = start("dead.letter.payload", "true");
        send(started, "nonsense");

        JsonNode json =
                new JsonMapper().readTree(output(started, "miasma-dead-letters").readValue());
        assertThat(json.path("payload").binaryValue()).isEqualTo("nonsense".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_record_without_a_value_is_a_dead_letter_too() {
        TopologyTestDriver started = start();
        started.createInputTopic("predictions", new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(null, null, new RecordHeaders(), NOW));

        assertThat(output(started, "miasma-dead-letters").readValue()).contains("\"reason\":\"no-value\"");
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3"})
    void every_event_received_is_scored_rejected_or_unscorable(long seed) {
        TopologyTestDriver started = start();
        var random = new SplittableRandom(seed);
        int letters = 0;
        for (int i = 0; i < 400; i++) {
            String good = event("client-" + random.nextInt(5), random.nextInt(50), random.nextDouble(0.5, 1));
            String event = switch (random.nextInt(6)) {
                case 0 -> good.substring(0, random.nextInt(good.length()));
                case 1 -> good.replace("posterior", "note");
                case 2 -> good.replaceAll("\"posterior\":.*", "\"label\":\"cat\"}");
                case 3 -> good.replace("fraud", "churn");
                default -> good;
            };
            send(started, event);
        }
        letters += output(started, "miasma-dead-letters").readRecordsToList().size();

        assertThat(measures.receivedCount()).isEqualTo(400);
        assertThat(measures.scoredCount() + measures.rejectedCount() + measures.unscorableCount())
                .isEqualTo(400);
        assertThat(List.of(measures.scoredCount(), measures.rejectedCount(), measures.unscorableCount()))
                .allMatch(count -> count > 40);
        assertThat(measures.rejectedCount()).isEqualTo(letters);
        // All but what was rejected: without a score the sensors of the query itself still see it.
        assertThat(measures.detectedCount()).isEqualTo(400 - measures.rejectedCount());
        assertThat(measures.failedCount()).isZero();
    }

    @Test
    void a_record_that_a_stage_fails_on_is_put_aside_and_the_stream_goes_on() {
        // The test driver forgets what is sent outside of its own transactions.
        TopologyTestDriver started = start("processing.guarantee", "at_least_once");
        started.createInputTopic(
                        "miasma-scored-by-client-repartition", new StringSerializer(), new ByteArraySerializer())
                .pipeInput("alice", new byte[] {99, 9, 9}, NOW);
        send(started, event("alice", 1, 0.5));

        String letter = output(started, "miasma-dead-letters").readValue();
        assertThat(Schemas.errors("dead-letter", letter)).isEmpty();
        assertThat(letter).contains("\"reason\":\"internal-error\"", "SerializationException");
        assertThat(measures.failedCount()).isEqualTo(1);
        assertThat(measures.detectedCount()).isEqualTo(1);
    }
}
