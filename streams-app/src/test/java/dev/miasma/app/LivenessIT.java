// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.miasma.config.ConfigKey;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.embedded.KafkaForTests;
import dev.miasma.measure.NoMeasures;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Records that wait while nothing is processed mean that the monitor hangs; nothing else does. */
class LivenessIT {
    private static final int PARTITIONS = 2;
    private static final int RECORDS = 100;
    private static final Duration STALL = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String EVENT = Sender.event("client", "[1]", "[0.5,0.5]");

    @RegisterExtension
    static final KafkaForTests KAFKA = new KafkaForTests();

    @TempDir
    private Path folder = Path.of("");

    private final HandClock clock = new HandClock();
    private String name = "";

    @SuppressWarnings("NullAway.Init") // Set before each test.
    private MiasmaConfig config;

    @SuppressWarnings("NullAway.Init") // Set before each test.
    private InputLag lag;

    @SuppressWarnings("NullAway.Init") // Set before each test.
    private StreamsHealth health;

    /** A clock that stands still unless it is told otherwise. */
    private static final class HandClock implements InstantSource {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        void pass(Duration time) {
            now = now.plus(time);
        }
    }

    @BeforeEach
    void a_monitor_is_said_to_be_running(TestInfo test) throws Exception {
        name = test.getTestMethod().orElseThrow().getName();
        KAFKA.createTopic(name, PARTITIONS);
        config = settings().config();
        lag = new InputLag(config, admin(), clock);
        health = new StreamsHealth(config.http(), clock, lag::progress);
        health.onChange(KafkaStreams.State.RUNNING, KafkaStreams.State.REBALANCING);
        passStall();
    }

    private Settings settings() throws Exception {
        return new Settings(
                        KAFKA.bootstrapServers(),
                        name,
                        name,
                        TrainedTarget.get().modelsBelow(folder),
                        folder)
                .with(ConfigKey.HEALTH_STALL_MS, Long.toString(STALL.toMillis()));
    }

    @AfterEach
    void close() {
        lag.close();
    }

    @Test
    void not_live_while_records_wait_and_none_is_processed() {
        send(false, RECORDS);
        lag.refresh();
        assertThat(health.live().ok()).as("at first").isTrue();

        passStall();
        lag.refresh();

        assertThat(lag.waiting()).isEqualTo(RECORDS);
        assertThat(health.live().ok()).isFalse();
        assertThat(health.live().detail()).contains(RECORDS + " records wait", "none was processed for");
    }

    @Test
    void live_again_as_soon_as_something_is_processed() throws Exception {
        send(false, RECORDS);
        lag.refresh();
        passStall();
        lag.refresh();
        assertThat(health.live().ok()).as("before").isFalse();

        commit(0, 1);
        lag.refresh();

        assertThat(lag.waiting()).isEqualTo(RECORDS - 1);
        assertThat(health.live().ok()).isTrue();
    }

    @Test
    void live_while_slow_processing_goes_on() throws Exception {
        send(false, RECORDS);
        for (int done = 1; done < 5; done++) {
            commit(0, done);
            lag.refresh();
            passStall();
        }

        assertThat(lag.waiting()).isGreaterThan(PARTITIONS);
        assertThat(health.live().ok()).isTrue();
    }

    @Test
    void live_without_input() {
        lag.refresh();
        passStall();
        lag.refresh();

        assertThat(lag.waiting()).isZero();
        assertThat(health.live().ok()).isTrue();
    }

    @Test
    void live_where_all_that_was_never_read_has_expired() throws Exception {
        send(false, RECORDS);
        try (Admin admin = admin()) {
            var partitions = List.of(new TopicPartition(name, 0), new TopicPartition(name, 1));
            admin.deleteRecords(Map.of(
                            partitions.get(0), RecordsToDelete.beforeOffset(-1),
                            partitions.get(1), RecordsToDelete.beforeOffset(-1)))
                    .all()
                    .get();
        }

        lag.refresh();
        passStall();
        lag.refresh();

        assertThat(lag.waiting()).isZero();
        assertThat(health.live().ok()).isTrue();
    }

    @Test
    void live_with_old_records_where_a_new_monitor_reads_from_the_end() throws Exception {
        send(false, RECORDS);
        try (InputLag latest = new InputLag(
                settings().with("kafka.consumer.auto.offset.reset", "latest").config(), admin(), clock)) {
            latest.refresh();
            passStall();
            latest.refresh();
            assertThat(latest.waiting()).as("before anything is asked").isZero();
            assertThat(latest.progress().ok()).isTrue();

            send(false, RECORDS / 2);
            latest.refresh();
            passStall();
            latest.refresh();

            assertThat(latest.waiting()).isEqualTo(RECORDS / 2.0);
            assertThat(latest.progress().ok()).as("what came since waits").isFalse();
        }
    }

    @Test
    void live_while_state_is_restored_however_much_waits() {
        send(false, RECORDS);
        health.onChange(KafkaStreams.State.REBALANCING, KafkaStreams.State.RUNNING);
        lag.refresh();
        passStall();
        lag.refresh();

        assertThat(health.live().ok()).as("during the restore").isTrue();
        health.onChange(KafkaStreams.State.RUNNING, KafkaStreams.State.REBALANCING);
        assertThat(health.live().ok()).as("right after it").isTrue();
        passStall();
        assertThat(health.live().ok()).as("long after it").isFalse();
    }

    @Test
    void live_after_transactions_of_which_only_markers_remain() throws Exception {
        try (Monitor monitor = Monitor.start(config, new NoMeasures())) {
            assertThat(monitor.awaitRunning(PATIENCE)).isTrue();
            for (int transaction = 0; transaction < 5; transaction++) {
                send(true, 4);
            }
            abort(RECORDS);

            // An aborted transaction is passed over without anything to process.
            await().atMost(PATIENCE).until(() -> {
                lag.refresh();
                return lag.waiting() <= PARTITIONS;
            });
        }
        passStall();
        lag.refresh();

        assertThat(lag.waiting()).isLessThanOrEqualTo(PARTITIONS);
        assertThat(health.live().ok()).isTrue();
    }

    private void passStall() {
        clock.pass(STALL.plusSeconds(1));
    }

    private void commit(int partition, long offset) throws Exception {
        try (Admin admin = admin()) {
            admin.alterConsumerGroupOffsets(
                            name, Map.of(new TopicPartition(name, partition), new OffsetAndMetadata(offset)))
                    .all()
                    .get();
        }
    }

    private void send(boolean inTransaction, int records) {
        if (inTransaction) {
            transaction(records, true);
        } else {
            Sender.send(
                    KAFKA.bootstrapServers(),
                    name,
                    IntStream.range(0, records)
                            .mapToObj(i -> Sender.event("client-" + i, "[1]", "[0.5,0.5]"))
                            .toList());
        }
    }

    private void abort(int records) {
        transaction(records, false);
    }

    private void transaction(int records, boolean commit) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", KAFKA.bootstrapServers(), "transactional.id", name + "-upstream");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int i = 0; i < records; i++) {
                var _ = producer.send(new ProducerRecord<>(name, i % PARTITIONS, "client", EVENT));
            }
            producer.flush();
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", KAFKA.bootstrapServers()));
    }
}
