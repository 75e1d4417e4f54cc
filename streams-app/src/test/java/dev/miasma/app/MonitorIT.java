// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.miasma.config.ConfigKey;
import dev.miasma.decode.RejectReason;
import dev.miasma.detect.RiskBand;
import dev.miasma.embedded.KafkaForTests;
import dev.miasma.measure.InMemoryMeasures;
import dev.miasma.score.ScoredBatch;
import dev.miasma.score.ScoredBatchSerde;
import dev.miasma.score.ScoredQuery;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One monitor on a real broker that was sent good, malformed and unscorable events; each test looks at one side. */
class MonitorIT {
    private static final String NAME = "mixed";
    private static final String INPUT = "mixed-predictions";
    private static final int PARTITIONS = 3;
    private static final int GOOD = 10_000;
    private static final int MALFORMED = 1_000;
    private static final int LABEL_ONLY = 300;
    private static final int NO_MODEL = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @RegisterExtension
    static final KafkaForTests KAFKA = new KafkaForTests();

    private static final MixedInput SENT = new MixedInput(20250101);
    private static final InMemoryMeasures MEASURES = new InMemoryMeasures();

    @TempDir
    private static Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private static Monitor monitor;

    @BeforeAll
    static void a_monitor_has_seen_it_all() throws Exception {
        KAFKA.createTopic(INPUT, PARTITIONS);
        Settings settings = new Settings(
                        KAFKA.bootstrapServers(),
                        NAME,
                        INPUT,
                        TrainedTarget.get().modelsBelow(folder),
                        folder)
                .with(ConfigKey.INPUT_MAX_BYTES, Integer.toString(MalformedEvents.MAX_BYTES))
                // So that an endpoint without a model of its own stays unscorable.
                .with(ConfigKey.MODELS_UNIVERSAL, "false")
                .with(ConfigKey.POSTERIOR_MAX_CLASSES, Integer.toString(MalformedEvents.MAX_CLASSES))
                // So that what was scored can still be read from the repartition topic.
                .with("kafka.repartition.purge.interval.ms", "3600000");
        monitor = Monitor.start(settings.config(), MEASURES);
        assertThat(monitor.awaitRunning(PATIENCE)).isTrue();

        SENT.publish(KAFKA.bootstrapServers(), INPUT, PARTITIONS, GOOD, MALFORMED, LABEL_ONLY, NO_MODEL);

        await().atMost(PATIENCE)
                .until(() -> MEASURES.receivedCount() >= SENT.total()
                        && MEASURES.detectedCount() >= GOOD
                        && deadLetters().size() >= MALFORMED
                        && scored().size() >= GOOD
                        && allAlerts().size() >= MEASURES.alertsSentCount());
    }

    @AfterAll
    static void stop() {
        if (monitor != null) {
            monitor.close();
        }
    }

    @Test
    void scores_every_good_event_exactly_once() {
        assertThat(scored())
                .extracting(ScoredQuery::queryId)
                .doesNotHaveDuplicates()
                .hasSize(GOOD)
                .containsAll(SENT.goodIds());
    }

    @Test
    void puts_every_malformed_event_aside_exactly_once_with_reason_and_place() {
        List<JsonNode> letters = deadLetters();

        assertThat(letters).hasSize(MALFORMED);
        assertThat(letters.stream().collect(Collectors.toMap(MonitorIT::position, letter -> text(letter, "reason"))))
                .isEqualTo(SENT.reasonByPosition().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, sent -> sent.getValue().code())));
    }

    @Test
    void was_sent_something_to_reject_for_every_reason_that_data_can_give() {
        assertThat(SENT.reasonByPosition().values())
                .containsAll(Set.of(RejectReason.values()).stream()
                        .filter(reason -> reason != RejectReason.INTERNAL_ERROR)
                        .toList())
                .doesNotContain(RejectReason.INTERNAL_ERROR);
    }

    @Test
    void dead_letters_hold_nothing_of_the_event() {
        assertThat(Committed.records(KAFKA.bootstrapServers(), NAME + "-dead-letters"))
                .allSatisfy(record -> {
                    assertThat(new String(record.value(), StandardCharsets.UTF_8))
                            .doesNotContain("payload", MalformedEvents.CLIENT, "yesterday");
                    assertThat(record.headers())
                            .extracting(header -> header.key())
                            .containsExactly("miasma-reason");
                });
    }

    @Test
    void accounts_for_every_event() {
        assertThat(MEASURES.receivedCount())
                .isEqualTo(SENT.total())
                .isEqualTo(MEASURES.scoredCount() + MEASURES.rejectedCount() + MEASURES.unscorableCount());
        assertThat(MEASURES.unscorableCount()).isEqualTo(LABEL_ONLY + NO_MODEL);
        assertThat(MEASURES.failedCount()).isZero();
    }

    @Test
    void is_still_running() {
        assertThat(monitor.isRunning()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/ready"})
    void is_healthy(String path) throws Exception {
        assertThat(Page.of(monitor, path, "*/*").status()).isEqualTo(200);
    }

    @Test
    void metrics_say_the_same() throws Exception {
        Page page = Page.metrics(monitor);

        Map<String, Long> rejected = new TreeMap<>(
                SENT.reasonByPosition().values().stream().collect(groupingBy(RejectReason::code, counting())));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.value("miasma_received_total")).isEqualTo(SENT.total());
        assertThat(page.value("miasma_scored_total{endpoint=\"shop\",version=\"1\"}"))
                .isEqualTo(GOOD);
        assertThat(page.value("miasma_unscorable_total{reason=\"label-only\"}")).isEqualTo(LABEL_ONLY);
        assertThat(page.value("miasma_unscorable_total{reason=\"no-model\"}")).isEqualTo(NO_MODEL);
        assertThat(RejectReason.codes())
                .allSatisfy(reason -> assertThat(page.value("miasma_rejected_total{reason=\"" + reason + "\"}"))
                        .isEqualTo(rejected.getOrDefault(reason, 0L).doubleValue()));
        assertThat(page.value("miasma_detected_total{first_sight=\"true\"}")
                        + page.value("miasma_detected_total{first_sight=\"false\"}"))
                .isEqualTo(GOOD);
    }

    @Test
    void metrics_of_kafka_streams_tell_of_threads_and_restores() throws Exception {
        String body = Page.metrics(monitor).body();

        assertThat(body)
                .contains("kafka_stream_alive_stream_threads{")
                .contains("kafka_stream_failed_stream_threads_total{")
                .contains("kafka_stream_state_updater_active_restoring_tasks{")
                .doesNotContain("kafka_producer_");
    }

    @Test
    void metrics_come_in_the_format_asked_for() throws Exception {
        Page plain = Page.of(monitor, "/metrics", "text/plain");
        Page openMetrics =
                Page.of(monitor, "/metrics", "application/openmetrics-text; version=1.0.0, text/plain;q=0.5");

        assertThat(plain.contentType()).startsWith("text/plain; version=0.0.4");
        assertThat(openMetrics.contentType()).startsWith("application/openmetrics-text; version=1.0.0");
        assertThat(openMetrics.body()).endsWith("# EOF\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", Page.OPEN_METRICS})
    void metrics_name_no_client(String accept) throws Exception {
        String body = Page.of(monitor, "/metrics", accept).body();

        Set<String> pseudonyms = scored().stream().map(ScoredQuery::client).collect(Collectors.toSet());
        assertThat(pseudonyms).hasSize(SENT.clients().size());
        assertThat(body).isNotEmpty().doesNotContain(pseudonyms).doesNotContain(SENT.clients());
    }

    @Test
    void alerts_name_probers_by_their_pseudonyms() {
        Set<String> pseudonymsOfProbers = SENT.clients().stream()
                .filter(client -> client.startsWith("prober-"))
                .map(MonitorIT::pseudonym)
                .collect(Collectors.toSet());

        assertThat(alerts())
                .isNotEmpty()
                .extracting(alert -> text(alert, "client"))
                .allSatisfy(client -> assertThat(client).matches("[0-9a-f]{24}"))
                .isSubsetOf(pseudonymsOfProbers);
    }

    @Test
    void client_risk_is_compacted_and_ends_with_the_band_each_client_is_in() throws Exception {
        Map<String, JsonNode> newest = Committed.newest(KAFKA.bootstrapServers(), NAME + "-client-risk");

        assertThat(cleanupPolicy(NAME + "-client-risk")).isEqualTo("compact");
        Page page = Page.metrics(monitor);
        for (RiskBand band : List.of(RiskBand.ELEVATED, RiskBand.HIGH, RiskBand.ALARMED)) {
            assertThat(newest.values())
                    .filteredOn(risk -> text(risk, "band").equals(band.code()))
                    .hasSize((int) page.value("miasma_clients{band=\"" + band.code() + "\"}"));
        }
        assertThat(alerts())
                .extracting(alert -> newest.get(text(alert, "client") + "@" + text(alert, "endpoint")))
                .allSatisfy(risk -> assertThat(text(risk, "band")).isEqualTo("alarmed"));
    }

    private static List<ScoredQuery> scored() {
        try (ScoredBatchSerde serde = new ScoredBatchSerde()) {
            var deserializer = serde.deserializer();
            return Committed.records(KAFKA.bootstrapServers(), NAME + "-scored-by-client-repartition").stream()
                    .map(record -> deserializer.deserialize(record.topic(), record.value()))
                    .flatMap(batch -> batch.queries().stream())
                    .map(ScoredBatch.Timed::query)
                    .toList();
        }
    }

    private static List<JsonNode> deadLetters() {
        return Committed.json(KAFKA.bootstrapServers(), NAME + "-dead-letters");
    }

    /** Alerts about clients; what the endpoints as a whole bring about is another test's matter. */
    private static List<JsonNode> alerts() {
        return allAlerts().stream()
                .filter(alert -> alert.path("client").isTextual())
                .toList();
    }

    private static List<JsonNode> allAlerts() {
        return Committed.json(KAFKA.bootstrapServers(), NAME + "-alerts");
    }

    private static String position(JsonNode letter) {
        return MixedInput.position(
                text(letter, "topic"),
                letter.path("partition").asInt(),
                letter.path("offset").asLong());
    }

    private static String text(JsonNode json, String field) {
        return json.path(field).asText();
    }

    private static String cleanupPolicy(String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", KAFKA.bootstrapServers()))) {
            Config config = admin.describeConfigs(List.of(resource))
                    .values()
                    .values()
                    .iterator()
                    .next()
                    .get();
            return config.get("cleanup.policy").value();
        }
    }

    /** As documented: the first 96 bits of HMAC-SHA-256 over purpose, zero, name. */
    private static String pseudonym(String client) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Settings.IDENTITY_KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] hash = mac.doFinal(("client\0" + client).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 12);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
