// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.miasma.config.ConfigKey;
import dev.miasma.embedded.KafkaForTests;
import dev.miasma.measure.InMemoryMeasures;
import dev.miasma.measure.NoMeasures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Predictions that are passed on with a defence before their answers, on a real broker. */
class SanitisedIT {
    private static final int PARTITIONS = 3;
    private static final int EVENTS = 600;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @RegisterExtension
    static final KafkaForTests KAFKA = new KafkaForTests();

    @TempDir
    private Path folder = Path.of("");

    private Settings settings(String name, String input) throws Exception {
        return new Settings(
                        KAFKA.bootstrapServers(),
                        name,
                        input,
                        TrainedTarget.get().modelsBelow(folder),
                        folder)
                .with(ConfigKey.SANITISED_TOPIC, name + "-safe")
                .with(ConfigKey.SANITISED_DEFENCE, "round1");
    }

    @Test
    void each_goes_once_to_the_partition_it_came_from_with_its_key_headers_and_time() throws Exception {
        KAFKA.createTopic("raw", PARTITIONS);
        InMemoryMeasures measures = new InMemoryMeasures();

        try (Monitor monitor = Monitor.start(settings("one", "raw").config(), measures)) {
            assertThat(monitor.awaitRunning(PATIENCE)).isTrue();
            publish("raw");
            await().atMost(PATIENCE)
                    .until(() ->
                            measures.receivedCount() == EVENTS && safe("one").size() == EVENTS);
            assertThat(Page.metrics(monitor).value("miasma_sanitised_total{result=\"sanitised\"}"))
                    .isEqualTo(EVENTS);
        }

        Map<String, ConsumerRecord<String, byte[]>> byId = new HashMap<>();
        safe("one").forEach(record -> byId.put(header(record), record));
        assertThat(byId).hasSize(EVENTS);
        for (int i = 0; i < EVENTS; i++) {
            ConsumerRecord<String, byte[]> record = Objects.requireNonNull(byId.get("h" + i));
            assertThat(record.partition()).as("event %d", i).isEqualTo(partition(i));
            assertThat(record.key()).isEqualTo(key(i));
            assertThat(record.timestamp()).isEqualTo(1_700_000_000_000L + i);
            assertThat(new String(record.value(), StandardCharsets.UTF_8)).isEqualTo(event(i, "[0.7,0.2,0.1]"));
        }
    }

    @Test
    void a_topic_that_is_missing_is_made_with_the_partitions_of_the_input_and_one_of_other_size_refused()
            throws Exception {
        KAFKA.createTopic("wide", PARTITIONS + 2);
        try (Monitor monitor = Monitor.start(settings("made", "wide").config(), new NoMeasures())) {
            assertThat(monitor.awaitRunning(PATIENCE)).isTrue();
        }

        KAFKA.createTopic("other-safe", PARTITIONS);
        Settings other = settings("other", "wide");
        assertThatThrownBy(() -> Monitor.start(other.config(), new NoMeasures()))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining(ConfigKey.SANITISED_TOPIC + " is 'other-safe'")
                .hasMessageContaining("{other-safe=3, wide=5}");
        Settings made = settings("made", "wide").with(ConfigKey.TOPICS_CREATE, "false");
        try (Monitor again = Monitor.start(made.config(), new NoMeasures())) {
            assertThat(again.awaitRunning(PATIENCE)).isTrue();
        }
    }

    private static List<ConsumerRecord<String, byte[]>> safe(String name) {
        return Committed.records(KAFKA.bootstrapServers(), name + "-safe");
    }

    private static String header(ConsumerRecord<String, byte[]> record) {
        return new String(record.headers().lastHeader("name").value(), StandardCharsets.UTF_8);
    }

    private static int partition(int event) {
        return event % 7 % PARTITIONS;
    }

    private static @Nullable String key(int event) {
        return event % 5 == 0 ? null : "k" + event % 11;
    }

    private static String event(int event, String posterior) {
        return "{\"endpoint\":\"shop\",\"client\":\"c\",\"id\":\"q-" + event + "\",\"posterior\":" + posterior
                + ",\"features\":[" + event + "]}";
    }

    /** Partitions are chosen so that no key and no order tells them. */
    private static void publish(String topic) {
        Map<String, Object> settings = Map.of("bootstrap.servers", KAFKA.bootstrapServers());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < EVENTS; i++) {
                byte[] event = event(i, "[0.66,0.24,0.1]").getBytes(StandardCharsets.UTF_8);
                var record = new ProducerRecord<>(topic, partition(i), 1_700_000_000_000L + i, key(i), event);
                record.headers().add("name", ("h" + i).getBytes(StandardCharsets.UTF_8));
                var _ = producer.send(record);
            }
        }
    }
}
