// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.miasma.config.ConfigKey;
import dev.miasma.embedded.KafkaForTests;
import dev.miasma.measure.InMemoryMeasures;
import dev.miasma.simulate.Traffic;
import dev.miasma.simulate.TrafficPublisher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A second monitor joins in mid-stream and takes clients over, the first one leaves later on: states move with their
 * tasks, from the heap of one to the other's, through store, changelog and standby copies.
 */
class RebalanceIT {
    private static final int QUERIES = 16_000;
    private static final int QUERIES_PER_SECOND = 1_000;
    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @RegisterExtension
    static final KafkaForTests KAFKA = new KafkaForTests();

    @TempDir
    private static Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private static Outcome undisturbed;

    @BeforeAll
    static void a_monitor_that_is_alone_has_seen_the_stream() throws Exception {
        KAFKA.createTopic("alone-predictions", PARTITIONS);
        publish("alone-predictions", 0);
        InMemoryMeasures measures = new InMemoryMeasures();
        try (Monitor monitor = Monitor.start(settings("alone", "alone").config(), measures)) {
            assertThat(monitor.awaitRunning(PATIENCE)).isTrue();
            await().atMost(PATIENCE).until(() -> measures.detectedCount() == QUERIES);
        }
        undisturbed = Outcome.ofDecided(KAFKA.bootstrapServers(), "alone");
        assertThat(undisturbed.alerts()).hasSizeGreaterThan(20);
    }

    /** With a cache that holds a few states, most are written and read again in mid-transaction. */
    @ParameterizedTest(name = "{0}: standby.replicas = {1}, state.cache.bytes = {2}")
    @SuppressWarnings("try") // The first one is closed while the second goes on.
    @CsvSource({"moved, 0, 67108864", "standby, 1, 67108864", "crowded, 1, 40000"})
    void alerts_and_risks_are_those_of_one_monitor_alone(String name, String standbys, String cacheBytes)
            throws Exception {
        String input = name + "-predictions";
        KAFKA.createTopic(input, PARTITIONS);
        FutureTask<Long> publishing = new FutureTask<>(() -> publish(input, QUERIES_PER_SECOND));
        InMemoryMeasures ofSecond = new InMemoryMeasures();

        try (GroupProgress group = new GroupProgress(KAFKA.bootstrapServers(), name);
                Monitor first = start(name, "first", standbys, cacheBytes, new InMemoryMeasures())) {
            assertThat(first.awaitRunning(PATIENCE)).isTrue();
            Thread.ofPlatform().daemon().start(publishing);
            await().atMost(PATIENCE).until(() -> group.done(input) >= QUERIES / 8);
            try (Monitor second = start(name, "second", standbys, cacheBytes, ofSecond)) {
                assertThat(second.awaitRunning(PATIENCE)).isTrue();
                await().atMost(PATIENCE).until(() -> ofSecond.detectedCount() > QUERIES / 16);
                long before = group.done(input);
                await().atMost(PATIENCE).until(() -> group.done(input) > Math.min(before + QUERIES / 8, QUERIES - 1));
                first.close();
                await().atMost(PATIENCE)
                        .until(() -> group.done(input) == QUERIES
                                && Outcome.of(KAFKA.bootstrapServers(), name).covers(undisturbed));
            }
        }

        assertThat(publishing.get()).isEqualTo(QUERIES);
        Outcome moved = Outcome.of(KAFKA.bootstrapServers(), name);
        moved.assertSameAs(undisturbed);
    }

    private static Monitor start(
            String name, String instance, String standbys, String cacheBytes, InMemoryMeasures measures)
            throws Exception {
        Settings settings = settings(name, instance)
                .with(ConfigKey.STANDBY_REPLICAS, standbys)
                .with(ConfigKey.STATE_CACHE_BYTES, cacheBytes);
        return Monitor.start(settings.config(), measures);
    }

    private static Settings settings(String name, String instance) throws Exception {
        return new Settings(
                        KAFKA.bootstrapServers(),
                        name,
                        name + "-predictions",
                        TrainedTarget.get().modelsBelow(folder),
                        folder)
                .with(ConfigKey.STATE_DIR, folder.resolve(name + "-" + instance).toString())
                .with(ConfigKey.INPUT_KEYED_BY_CLIENT, "true")
                .with(ConfigKey.DETECT_COOLDOWN_MS, "0")
                .with("kafka.commit.interval.ms", "500")
                .with(ConfigKey.ALERTS_COMMIT_PACE_MS, "500")
                // One that leaves is missed soon.
                .with("kafka.session.timeout.ms", "6000")
                .with("kafka.heartbeat.interval.ms", "1000");
    }

    private static long publish(String topic, int queriesPerSecond) {
        TrainedTarget target = TrainedTarget.get();
        Traffic traffic = target.traffic(7, 40, 8, 0.25);
        try (TrafficPublisher publisher = target.publisher(KAFKA.bootstrapServers(), topic)) {
            return publisher.publish(traffic, QUERIES, queriesPerSecond, Long.MAX_VALUE);
        }
    }
}
