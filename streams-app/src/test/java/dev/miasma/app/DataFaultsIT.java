// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.miasma.config.ConfigKey;
import dev.miasma.embedded.KafkaForTests;
import dev.miasma.measure.InMemoryMeasures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with data, files and clocks; no stage stops for it, and nobody's evidence changes. */
class DataFaultsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @RegisterExtension
    static final KafkaForTests KAFKA = new KafkaForTests();

    @TempDir
    private Path folder = Path.of("");

    private final InMemoryMeasures measures = new InMemoryMeasures();

    @Test
    void poison_at_every_stage_is_put_aside_and_counted() throws Exception {
        DisturbedStream stream = stream("poison", Map.of(), Map.of());
        List<MalformedEvents.Malformed> malformed = MalformedEvents.all();
        KAFKA.createTopic("poison-exemptions", 1);
        stream.settings()
                .with(ConfigKey.INPUT_MAX_BYTES, Integer.toString(MalformedEvents.MAX_BYTES))
                .with(ConfigKey.POSTERIOR_MAX_CLASSES, Integer.toString(MalformedEvents.MAX_CLASSES))
                .with(ConfigKey.EXEMPTIONS_TOPIC, "poison-exemptions");
        try (Monitor monitor = Monitor.start(stream.settings().config(), measures)) {
            assertThat(monitor.awaitRunning(PATIENCE)).isTrue();
            List<String> internal = repartitionTopics("poison");
            assertThat(internal).isNotEmpty();
            stream.startPublishing();
            stream.awaitDone(DisturbedStream.QUERIES / 4);
            int sent = 0;
            try (KafkaProducer<byte[], byte[]> producer = producer()) {
                for (MalformedEvents.Malformed event : malformed) {
                    var _ = producer.send(new ProducerRecord<>(DisturbedStream.input("poison"), event.event()));
                    sent++;
                }
                for (byte[] garbage : garbage()) {
                    for (String topic : internal) {
                        var _ = producer.send(new ProducerRecord<>(topic, garbage, garbage));
                        sent++;
                    }
                    var _ = producer.send(new ProducerRecord<>("poison-exemptions", garbage, garbage));
                }
            }
            int aside = sent;

            await().atMost(PATIENCE)
                    .until(() -> Committed.records(KAFKA.bootstrapServers(), "poison-dead-letters")
                                    .size()
                            >= aside);
            stream.assertNothingLostAndNothingTwice(aside);
            assertThat(monitor.isRunning()).isTrue();
        }
    }

    @Test
    void a_model_file_that_breaks_in_mid_stream_changes_no_alert() throws Exception {
        DisturbedStream stream = stream("broken", Map.of(), Map.of());
        stream.settings().with(ConfigKey.MODELS_RELOAD_MS, "100");
        Path model = Path.of(stream.settings().value(ConfigKey.MODELS_DIR)).resolve(TrainedTarget.ENDPOINT + ".json");
        try (Monitor monitor = Monitor.start(stream.settings().config(), measures)) {
            assertThat(monitor.awaitRunning(PATIENCE)).isTrue();
            stream.startPublishing();
            stream.awaitDone(DisturbedStream.QUERIES / 4);
            String whole = TrainedTarget.get().model();
            Path broken = Files.writeString(folder.resolve("broken"), whole.substring(0, whole.length() / 2));
            Files.move(broken, model, StandardCopyOption.ATOMIC_MOVE);
            await().atMost(PATIENCE)
                    .until(() -> Page.metrics(monitor).value("miasma_model_loads_total{result=\"broken\"}") == 1);

            stream.assertNothingLostAndNothingTwice(0);
            assertThat(monitor.isRunning()).isTrue();
        }
    }

    @Test
    void clocks_that_disagree_change_no_alert() throws Exception {
        // An operator may allow what brokers refuse by default: records from more than an hour ahead.
        DisturbedStream stream = stream(
                "skewed",
                Map.of("message.timestamp.after.max.ms", "" + Long.MAX_VALUE),
                Map.of("interceptor.classes", SkewedClocks.class.getName()));
        stream.settings().with(ConfigKey.STATE_DIR, folder.resolve("ahead").toString());
        Duration hour = Duration.ofHours(1);
        try (Monitor ahead = Monitor.start(stream.settings().config(), measures, clock(hour))) {
            stream.settings().with(ConfigKey.STATE_DIR, folder.resolve("behind").toString());
            try (Monitor behind = Monitor.start(stream.settings().config(), measures, clock(hour.negated()))) {
                assertThat(ahead.awaitRunning(PATIENCE)).isTrue();
                assertThat(behind.awaitRunning(PATIENCE)).isTrue();
                stream.startPublishing();

                stream.assertNothingLostAndNothingTwice(0);
                assertThat(measures.detectedCount()).isGreaterThanOrEqualTo(DisturbedStream.QUERIES);
                assertThat(List.of(ahead.isRunning(), behind.isRunning())).containsOnly(true);
            }
        }
    }

    private DisturbedStream stream(String name, Map<String, String> topic, Map<String, ?> producer) throws Exception {
        KAFKA.createTopic(DisturbedStream.input(name), DisturbedStream.PARTITIONS, topic);
        return new DisturbedStream(KAFKA.bootstrapServers(), name, folder, producer);
    }

    private static InstantSource clock(Duration ahead) {
        return () -> Instant.now().plus(ahead);
    }

    private static List<String> repartitionTopics(String name) throws Exception {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", KAFKA.bootstrapServers()))) {
            return admin.listTopics().names().get().stream()
                    .filter(topic -> topic.startsWith(name) && topic.endsWith("-repartition"))
                    .sorted()
                    .toList();
        }
    }

    private static KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", KAFKA.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Bytes that are no record of any stage, nor one of a release soon to come, at which an instance rightly stops. */
    private static List<byte[]> garbage() {
        byte[] noise = new byte[300];
        new Random(1).nextBytes(noise);
        return List.of(new byte[0], new byte[] {0}, new byte[] {99, 1, 0}, new byte[4], noise);
    }
}
