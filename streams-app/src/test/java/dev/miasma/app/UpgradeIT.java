// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.miasma.config.ConfigKey;
import dev.miasma.embedded.KafkaForTests;
import dev.miasma.measure.InMemoryMeasures;
import dev.miasma.measure.NoMeasures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A monitor that meets what other releases wrote: an older one's bytes are read, a newer one's stop it by name. */
class UpgradeIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @RegisterExtension
    static final KafkaForTests KAFKA = new KafkaForTests();

    @TempDir
    private Path folder = Path.of("");

    private Settings settings(String name) throws Exception {
        KAFKA.createTopic(name + "-in", 1);
        return new Settings(
                KAFKA.bootstrapServers(),
                name,
                name + "-in",
                TrainedTarget.get().modelsBelow(folder),
                folder);
    }

    private static void put(String topic, byte[] key, byte[] value) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", KAFKA.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        }
    }

    private static byte[] golden(String name) throws Exception {
        try (var in = Objects.requireNonNull(UpgradeIT.class.getResourceAsStream("/golden-bytes/" + name))) {
            return in.readAllBytes();
        }
    }

    private void forgetLocalState(String name) throws Exception {
        try (Stream<Path> files = Files.walk(folder.resolve(name + "-state"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** One query of a client, and what the monitor keeps of it. */
    private ConsumerRecord<String, byte[]> stateAfterOneQuery(Settings settings, String name) throws Exception {
        InMemoryMeasures measures = new InMemoryMeasures();
        try (Monitor monitor = Monitor.start(settings.config(), measures)) {
            assertThat(monitor.awaitRunning(PATIENCE)).isTrue();
            Sender.send(KAFKA.bootstrapServers(), name + "-in", List.of(event()));
            await().atMost(PATIENCE).until(() -> measures.detectedCount() == 1);
        }
        forgetLocalState(name);
        return Committed.records(KAFKA.bootstrapServers(), name + "-client-states-changelog")
                .getLast();
    }

    private static String event() {
        return Sender.event("somebody", "[1,2,3]", "[0.75,0.25]");
    }

    @ParameterizedTest(name = "version {0}")
    @ValueSource(ints = {1, 2})
    void a_query_of_an_older_release_in_the_repartition_topic_is_detected_upon(int version) throws Exception {
        String name = "older-" + version;
        Settings settings = settings(name);
        InMemoryMeasures measures = new InMemoryMeasures();

        try (Monitor monitor = Monitor.start(settings.config(), measures)) {
            assertThat(monitor.awaitRunning(PATIENCE)).isTrue();
            put(
                    name + "-scored-by-client-repartition",
                    "0a1b".getBytes(StandardCharsets.UTF_8),
                    golden("scored-query-v" + version + ".bin"));
            await().atMost(PATIENCE).until(() -> measures.detectedCount() == 1);
        }
        assertThat(measures.failedCount()).isZero();
    }

    @ParameterizedTest(name = "version {0}")
    @ValueSource(ints = {1, 2})
    void the_state_of_an_older_release_is_restored_and_goes_on(int version) throws Exception {
        String name = "old-state-" + version;
        Settings settings = settings(name);
        ConsumerRecord<String, byte[]> kept = stateAfterOneQuery(settings, name);
        put(
                name + "-client-states-changelog",
                kept.key().getBytes(StandardCharsets.UTF_8),
                golden("client-state-v" + version + ".bin"));
        InMemoryMeasures measures = new InMemoryMeasures();

        try (Monitor monitor = Monitor.start(settings.config(), measures)) {
            assertThat(monitor.awaitRunning(PATIENCE)).isTrue();
            Sender.send(KAFKA.bootstrapServers(), name + "-in", List.of(event()));
            await().atMost(PATIENCE).until(() -> measures.detectedCount() == 1);
        }

        byte[] written = Committed.records(KAFKA.bootstrapServers(), name + "-client-states-changelog")
                .getLast()
                .value();
        assertThat(written[0]).isEqualTo((byte) 3);
        assertThat(measures.failedCount()).isZero();
    }

    @Test
    void a_query_of_a_newer_release_stops_the_monitor_and_is_left_for_that_release() throws Exception {
        Settings settings = settings("newer");
        byte[] newer = golden("scored-batch-v3.bin");
        newer[0] = 4;

        try (CapturedLog log = new CapturedLog();
                Monitor monitor = Monitor.start(settings.config(), new NoMeasures())) {
            assertThat(monitor.awaitRunning(PATIENCE)).isTrue();
            put("newer-scored-by-client-repartition", "0a1b".getBytes(StandardCharsets.UTF_8), newer);
            monitor.awaitStopped();

            assertThat(log.text())
                    .contains("this instance stops: scored query of version 4: this release reads versions 1 to 3;"
                            + " run the release that wrote it, or reset the application");
        }
        assertThat(Committed.records(KAFKA.bootstrapServers(), "newer-dead-letters"))
                .isEmpty();
    }

    @Test
    void the_state_of_a_newer_release_stops_the_command_with_exit_code_1() throws Exception {
        Settings settings = settings("new-state");
        ConsumerRecord<String, byte[]> kept = stateAfterOneQuery(settings, "new-state");
        byte[] newer = kept.value().clone();
        newer[0]++;
        put("new-state-client-states-changelog", kept.key().getBytes(StandardCharsets.UTF_8), newer);
        Sender.send(KAFKA.bootstrapServers(), "new-state-in", List.of(event()));

        try (ChildJvm process = ChildJvm.start(folder, settings.runArguments())) {
            assertThat(process.await()).isEqualTo(1);
            assertThat(process.err()).contains("this instance stops: client state of version 4: this release reads");
        }
        assertThat(Committed.records(KAFKA.bootstrapServers(), "new-state-dead-letters"))
                .isEmpty();
    }

    @Test
    void a_model_file_of_a_newer_release_is_refused_by_name() throws Exception {
        Path models = Files.createDirectory(folder.resolve("newer-models"));
        String model = TrainedTarget.get().model();
        String newer = model.replaceFirst("\"version\"\\s*:\\s*1\\b", "\"version\": 2");
        assertThat(newer).isNotEqualTo(model);
        Files.writeString(models.resolve("default.json"), newer);
        Settings settings = settings("newer-model").with(ConfigKey.MODELS_DIR, models.toString());

        CommandLineRun run = CommandLineRun.of(settings.runArguments());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .singleElement()
                .asString()
                .contains("default.json", "version is 2; 1 needed, a newer file needs a newer Miasma");
    }

    @Test
    void a_training_filter_of_a_newer_release_is_refused_by_name() throws Exception {
        Path models = TrainedTarget.get().modelsBelow(folder);
        byte[] filter = golden("training-filter-v1.training");
        filter[11] = 2;
        Files.write(models.resolve("default.training"), filter);
        Settings settings = settings("newer-filter").with(ConfigKey.MODELS_DIR, models.toString());

        CommandLineRun run = CommandLineRun.of(settings.runArguments());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(String.join("\n", run.err())).contains("default.training", "has version 2: this release reads 1");
    }
}
