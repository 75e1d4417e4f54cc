// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.config.MiasmaConfig;
import dev.miasma.fixtures.AttackFiles;
import dev.miasma.measure.InMemoryMeasures;
import dev.miasma.measure.Measures;
import dev.miasma.measure.ScoredAnswer;
import dev.miasma.score.AttackModels;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events that go through Kafka Streams together: each is one that came alone. */
class BundleTopologyTest {
    private static final long NOW = Instant.parse("2026-11-22T12:00:00Z").toEpochMilli();
    private static final int EVENTS = 400;
    private static final String SANITISED = "safe";

    @TempDir
    Path folder;

    /** The same measures, but for a failure on answers of one endpoint. */
    private static Measures failing(InMemoryMeasures measures) {
        return (Measures) Proxy.newProxyInstance(
                Measures.class.getClassLoader(), new Class<?>[] {Measures.class}, (self, method, arguments) -> {
                    if (method.getName().equals("scored")
                            && ((ScoredAnswer) arguments[0]).endpoint().equals("broken")) {
                        throw new IllegalStateException("as a fault in a stage would");
                    }
                    return method.invoke(measures, arguments);
                });
    }

    private record Seen(Map<String, List<String>> topics, Map<String, Long> counts) {}

    /** Of each kind that can come: in order, late, without a time, poisonous, with headers, failing a stage, empty, batches. */
    private static List<ConsumerRecord<byte[], byte[]>> events(long seed) {
        var random = new SplittableRandom(seed);
        List<ConsumerRecord<byte[], byte[]>> events = new ArrayList<>();
        Set<Long> timeless = new HashSet<>();
        for (int i = 0; i < EVENTS; i++) {
            int kind = random.nextInt(20);
            double top = random.nextDouble(0.9, 1);
            String event =
                    "{\"endpoint\":\"%s\",\"version\":\"7\",\"client\":\"%s\",\"posterior\":[%s,%s],\"features\":[%d]}"
                            .formatted(
                                    kind == 0 ? "broken" : "fraud",
                                    "client-" + random.nextInt(3),
                                    top,
                                    1 - top,
                                    random.nextInt(300));
            if (kind == 5) {
                event = batch(random);
            }
            byte[] value = (kind == 1 ? event.substring(0, random.nextInt(event.length())) : event)
                    .getBytes(StandardCharsets.UTF_8);
            RecordHeaders headers = new RecordHeaders();
            if (kind == 2) {
                headers.add("user", "somebody else".getBytes(StandardCharsets.UTF_8))
                        .add("", new byte[1]);
            }
            events.add(new ConsumerRecord<>(
                    "predictions",
                    0,
                    i,
                    NOW + i * 10L - random.nextInt(100),
                    TimestampType.CREATE_TIME,
                    1,
                    value.length,
                    new byte[] {(byte) i},
                    kind == 4 ? null : value,
                    headers,
                    Optional.empty()));
            if (kind == 3) {
                timeless.add((long) i);
            }
        }
        // The first of a bundle gets its time from Kafka Streams, which knows the first ones of bundles only.
        EventBundle.of(events).forEach(first -> timeless.remove(first.offset()));
        events.replaceAll(event -> timeless.contains(event.offset()) ? at(-1, event) : event);
        return events;
    }

    private static ConsumerRecord<byte[], byte[]> at(long time, ConsumerRecord<byte[], byte[]> event) {
        return new ConsumerRecord<>(
                event.topic(),
                event.partition(),
                event.offset(),
                time,
                event.timestampType(),
                event.serializedKeySize(),
                event.serializedValueSize(),
                event.key(),
                event.value(),
                event.headers(),
                event.leaderEpoch());
    }

    /** Some of more rows than go on together, and a bad row in nearly each. */
    private static String batch(SplittableRandom random) {
        String rows = random.ints(random.nextInt(1, 2 * EventBundle.MOST_EVENTS), 0, 300)
                .mapToObj(feature -> feature % 50 == 0
                        ? "{\"posterior\":[2,-1]}"
                        : "{\"posterior\":[0.9%d,%s],\"features\":[%d]}"
                                .formatted(feature, 1 - Double.parseDouble("0.9" + feature), feature))
                .collect(Collectors.joining(","));
        return "{\"endpoint\":\"fraud\",\"version\":\"7\",\"client\":\"client-%d\",\"rows\":[%s]}"
                .formatted(random.nextInt(3), rows);
    }

    /** Each with a time, where it has none that of the newest before, as Kafka Streams does where events come alone. */
    private static List<ConsumerRecord<byte[], byte[]>> timed(List<ConsumerRecord<byte[], byte[]>> events) {
        List<ConsumerRecord<byte[], byte[]>> timed = new ArrayList<>();
        long newest = NOW;
        for (ConsumerRecord<byte[], byte[]> event : events) {
            long time = RecordTime.of(event, newest);
            newest = Math.max(newest, time);
            timed.add(at(time, event));
        }
        return timed;
    }

    private Seen seen(List<ConsumerRecord<byte[], byte[]>> records, String keyed, String sanitised) {
        InMemoryMeasures told = new InMemoryMeasures();
        Measures measures = failing(told);
        MiasmaConfig config = MiasmaConfig.of(Map.of(
                "identity.key", "0123456789abcdef",
                "detect.budget.per.million", "1000",
                "input.client.header", "user",
                "input.keyed.by.client", keyed,
                "dead.letter.payload", "true",
                "output.sanitised.topic", sanitised,
                "output.sanitised.defence", sanitised.isEmpty() ? "" : "top1",
                // The test driver forgets what is sent outside of its own transactions.
                "processing.guarantee", "at_least_once"));
        AttackFiles.write(folder, "default", 1000);
        AttackModels models = AttackModels.load(folder, false, 0.01, told);
        Properties properties = new Properties();
        properties.putAll(StreamsSettings.of(config, measures));
        properties.put("state.dir", folder.resolve("state").toString());
        var topology = MonitorTopology.build(
                config,
                Knowledge.of(models, config.sensors(), measures),
                measures,
                InstantSource.fixed(Instant.ofEpochMilli(NOW + EVENTS * 10L)));
        try (TopologyTestDriver driver = new TopologyTestDriver(topology, properties)) {
            TestInputTopic<byte[], byte[]> input =
                    driver.createInputTopic("predictions", new ByteArraySerializer(), new ByteArraySerializer());
            for (ConsumerRecord<byte[], byte[]> record : records) {
                input.pipeInput(new TestRecord<>(record.key(), record.value(), record.headers(), record.timestamp()));
            }
            return new Seen(outputs(driver), counts(told));
        }
    }

    private static Map<String, List<String>> outputs(TopologyTestDriver driver) {
        Map<String, List<String>> topics = new TreeMap<>();
        for (String topic : driver.producedTopicNames()) {
            if (topic.endsWith("-repartition") || topic.endsWith("-changelog")) {
                continue;
            }
            List<String> records = driver
                    .createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer())
                    .readRecordsToList()
                    .stream()
                    .map(record -> record.key() + " at " + record.timestamp() + ": "
                            + HexFormat.of().formatHex(record.value()))
                    .collect(Collectors.toCollection(ArrayList::new));
            if (!topic.equals(SANITISED)) {
                // Clients' records may overtake each other on their ways, and one stage's dead letters those of
                // another;
                // one client's may not.
                records.sort((a, b) -> a.substring(0, a.indexOf(" at ")).compareTo(b.substring(0, b.indexOf(" at "))));
            }
            topics.put(topic, records);
        }
        return topics;
    }

    private static Map<String, Long> counts(InMemoryMeasures told) {
        return Map.of(
                "received", told.receivedCount(),
                "rejected", told.rejectedCount(),
                "scored", told.scoredCount(),
                "detected", told.detectedCount(),
                "repeats", told.repeatCount(),
                "alerts", told.alertsSentCount(),
                "failed", told.failedCount());
    }

    @ParameterizedTest
    @CsvSource({"1, true, safe", "2, true, ''", "3, true, ''", "4, false, safe", "5, false, ''", "6, false, ''"})
    void a_bundle_comes_to_just_what_its_events_come_to_one_by_one(long seed, String keyed, String sanitised) {
        List<ConsumerRecord<byte[], byte[]>> events = events(seed);

        Seen alone = seen(timed(events), keyed, sanitised);
        Seen bundled = seen(EventBundle.of(events), keyed, sanitised);

        assertThat(bundled.counts()).isEqualTo(alone.counts());
        assertThat(bundled.topics()).isEqualTo(alone.topics());
        assertThat(alone.counts().values()).allMatch(count -> count > 0);
        assertThat(alone.counts().get("received")).isGreaterThan(EVENTS);
        assertThat(alone.topics()).containsKeys("miasma-alerts", "miasma-client-risk", "miasma-dead-letters");
        assertThat(alone.topics().containsKey(SANITISED)).isEqualTo(!sanitised.isEmpty());
    }
}
