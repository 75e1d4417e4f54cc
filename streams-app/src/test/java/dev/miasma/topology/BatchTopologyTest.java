// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.fixtures.AttackFiles;
import dev.miasma.fixtures.Schemas;
import dev.miasma.measure.InMemoryMeasures;
import dev.miasma.score.AttackModels;
import dev.miasma.score.ScoredBatch;
import dev.miasma.score.ScoredBatchSerde;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Batch events through all stages: a row is a query as one that came alone. */
class BatchTopologyTest {
    private static final long NOW = Instant.parse("2026-11-22T12:00:00Z").toEpochMilli();
    private static final String SHARED =
            "\"endpoint\":\"fraud\",\"version\":\"7\",\"client\":\"prober\",\"cohort\":\"acme\",\"time\":" + NOW;
    private static final int ROWS = 200;
    private static final String HOP = "miasma-scored-by-client-repartition";

    /** Queries in one record of the hop. */
    private static final int MOST = 64;

    @TempDir
    Path folder;

    private final InMemoryMeasures measures = new InMemoryMeasures();

    /** What came out of a monitor, topic by topic, and what it counted. */
    private record Seen(Map<String, List<String>> topics, Map<String, Long> counts) {}

    private TopologyTestDriver start(InMemoryMeasures told, String... settings) {
        Map<String, String> values = new HashMap<>(Map.of(
                "identity.key", "0123456789abcdef",
                "detect.budget.per.million", "1000"));
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        MiasmaConfig config = MiasmaConfig.of(values);
        AttackFiles.write(folder, "default", 1000);
        AttackModels models = AttackModels.load(folder, false, 0.01, told);
        Properties properties = new Properties();
        properties.putAll(StreamsSettings.of(config, told));
        properties.put("state.dir", folder.resolve("state").toString());
        return new TopologyTestDriver(
                MonitorTopology.build(
                        config,
                        Knowledge.of(models, config.sensors(), told),
                        told,
                        InstantSource.fixed(Instant.ofEpochMilli(NOW))),
                properties);
    }

    private static void send(TopologyTestDriver driver, String event) {
        driver.createInputTopic("predictions", new StringSerializer(), new StringSerializer())
                .pipeInput(new TestRecord<>("key", event, new RecordHeaders(), NOW));
    }

    private static List<TestRecord<String, String>> read(TopologyTestDriver driver, String topic) {
        return driver.createOutputTopic(topic, new StringDeserializer(), new StringDeserializer())
                .readRecordsToList();
    }

    private Seen seen(List<String> events, String... settings) {
        InMemoryMeasures told = new InMemoryMeasures();
        try (TopologyTestDriver driver = start(told, settings)) {
            events.forEach(event -> send(driver, event));
            Map<String, List<String>> topics = new HashMap<>();
            for (String topic : driver.producedTopicNames()) {
                topics.put(
                        topic,
                        driver
                                .createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer())
                                .readRecordsToList()
                                .stream()
                                .map(record -> record.key() + " at " + record.timestamp() + ": "
                                        + HexFormat.of().formatHex(record.value()))
                                .toList());
            }
            return new Seen(
                    topics,
                    Map.of(
                            "received", told.receivedCount(),
                            "scored", told.scoredCount(),
                            "detected", told.detectedCount(),
                            "repeats", told.repeatCount(),
                            "alerts", told.alertsSentCount(),
                            "held", told.alertsHeldCount(),
                            "failed", told.failedCount()));
        }
    }

    private static List<String> rows(long seed) {
        var random = new SplittableRandom(seed);
        return IntStream.range(0, ROWS)
                .mapToObj(i -> {
                    double top = random.nextDouble(0.9, 1);
                    return "\"id\":\"row-%d\",\"posterior\":[%s,%s],\"features\":[%d]"
                            .formatted(i, top, 1 - top, random.nextInt(150));
                })
                .toList();
    }

    private static String batch(List<String> rows) {
        return "{" + SHARED + ",\"id\":\"b\",\"rows\":["
                + rows.stream().map(row -> "{" + row + "}").collect(Collectors.joining(",")) + "]}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void an_event_of_two_hundred_rows_brings_about_just_what_two_hundred_events_do(String keyed) {
        List<String> rows = rows(20261122);

        Seen batch = seen(List.of(batch(rows)), "input.keyed.by.client", keyed);
        Seen singles =
                seen(rows.stream().map(row -> "{" + SHARED + "," + row + "}").toList(), "input.keyed.by.client", keyed);

        assertThat(batch.counts()).isEqualTo(singles.counts());
        assertThat(batch.counts())
                .containsEntry("received", (long) ROWS)
                .containsEntry("detected", (long) ROWS)
                .containsEntry("failed", 0L)
                .hasEntrySatisfying("alerts", alerts -> assertThat(alerts).isPositive())
                .hasEntrySatisfying("repeats", repeats -> assertThat(repeats).isPositive());
        for (String topic : List.of("miasma-alerts", "miasma-client-risk")) {
            assertThat(byKey(batch, topic)).as(topic).hasSize(2).isEqualTo(byKey(singles, topic));
        }
        if (keyed.equals("false")) {
            // The first is alone, because how many partitions there are shows when it is sent.
            assertThat(batch.topics().get(HOP)).hasSize(1 + (ROWS - 1 + MOST - 1) / MOST);
            assertThat(singles.topics().get(HOP)).hasSize(ROWS);
            assertThat(queries(batch)).hasSize(ROWS).isEqualTo(queries(singles));
        }
        assertThat(batch.topics()).doesNotContainKey("miasma-dead-letters");
    }

    /** What went over the hop, one by one. */
    private static List<ScoredBatch.Timed> queries(Seen seen) {
        var deserializer = new ScoredBatchSerde().deserializer();
        return seen.topics().getOrDefault(HOP, List.of()).stream()
                .map(record -> HexFormat.of().parseHex(record.substring(record.indexOf(": ") + 2)))
                .flatMap(bytes -> deserializer.deserialize(HOP, bytes).queries().stream())
                .toList();
    }

    /** What is about a cohort comes by a topic of its own, and so may overtake what is about a client, or not. */
    private static Map<String, List<String>> byKey(Seen seen, String topic) {
        return seen.topics().getOrDefault(topic, List.of()).stream()
                .collect(Collectors.groupingBy(record -> record.substring(0, record.indexOf(" at "))));
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3"})
    void every_row_received_is_scored_rejected_or_unscorable(long seed) {
        var random = new SplittableRandom(seed);
        int queries = 0;
        int bad = 0;
        int letters;
        try (TopologyTestDriver driver =
                start(measures, "output.sanitised.topic", "safe", "output.sanitised.defence", "top1")) {
            for (int event = 0; event < 60; event++) {
                List<String> rows = new ArrayList<>();
                for (int i = 0; i <= random.nextInt(20); i++) {
                    int kind = random.nextInt(8);
                    rows.add(
                            switch (kind) {
                                case 0 -> "\"posterior\":[0.5]";
                                case 1 -> "\"client\":\"other\",\"label\":1";
                                case 2 -> "\"label\":\"cat\"";
                                default -> "\"posterior\":[0.75,0.25],\"features\":[" + random.nextInt(50) + "]";
                            });
                    bad += kind < 2 ? 1 : 0;
                }
                String json = batch(rows);
                if (random.nextInt(5) == 0) {
                    send(driver, json.substring(0, json.length() - 1 - random.nextInt(json.length() / 2)));
                    bad += 1
                            - (int) rows.stream()
                                    .filter(BatchTopologyTest::isBad)
                                    .count();
                    queries++;
                } else {
                    send(driver, json);
                    queries += rows.size();
                }
            }
            letters = read(driver, "miasma-dead-letters").size();
        }

        assertThat(measures.receivedCount()).isEqualTo(queries);
        assertThat(measures.rejectedCount()).isEqualTo(bad).isEqualTo(letters);
        assertThat(measures.scoredCount() + measures.rejectedCount() + measures.unscorableCount())
                .isEqualTo(queries);
        assertThat(List.of(measures.scoredCount(), measures.rejectedCount(), measures.unscorableCount()))
                .allMatch(count -> count > 5);
        assertThat(measures.detectedCount())
                .isBetween(measures.scoredCount(), measures.scoredCount() + measures.unscorableCount());
        assertThat(List.of("sanitised", "unchanged", "withheld").stream()
                                .mapToLong(measures::sanitisedCount)
                                .sum()
                        + measures.rejectedCount())
                .isEqualTo(queries);
        assertThat(measures.failedCount()).isZero();
    }

    private static boolean isBad(String row) {
        return row.contains("[0.5]") || row.contains("other");
    }

    @Test
    void a_bad_row_is_a_dead_letter_of_its_own_and_the_first_carries_the_event_where_that_is_switched_on()
            throws IOException {
        String event = batch(List.of("\"posterior\":[1]", "\"posterior\":[0.25]", "\"label\":1", "\"logits\":[]"));
        try (TopologyTestDriver driver = start(measures, "dead.letter.payload", "true")) {
            send(driver, "nonsense");
            send(driver, event);

            List<TestRecord<String, String>> letters = read(driver, "miasma-dead-letters");
            assertThat(letters)
                    .allSatisfy(letter -> assertThat(Schemas.errors("dead-letter", letter.value()))
                            .isEmpty())
                    .extracting(TestRecord::key)
                    .containsExactly("predictions-0-0", "predictions-0-1#1", "predictions-0-1#3");
            JsonNode first = new JsonMapper().readTree(letters.get(1).value());
            JsonNode second = new JsonMapper().readTree(letters.get(2).value());
            assertThat(first.path("message").asText()).startsWith("rows[1].posterior has a sum of about 0.25");
            assertThat(first.path("payload").binaryValue()).asString().isEqualTo(event);
            assertThat(second.path("message").asText()).isEqualTo("rows[3].logits is empty");
            assertThat(second.path("reason").asText()).isEqualTo("empty-posterior");
            assertThat(second.has("payload")).isFalse();
            assertThat(second.path("offset").asLong()).isEqualTo(1);
        }
        assertThat(measures.receivedCount()).isEqualTo(5);
        assertThat(measures.rejectedByReason()).isEqualTo(Map.of("not-json", 1L, "sum-off", 1L, "empty-posterior", 1L));
    }
}
