// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.miasma.config.ConfigKey;
import dev.miasma.embedded.EmbeddedKafka;
import dev.miasma.measure.InMemoryMeasures;
import dev.miasma.simulate.EventWriter;
import dev.miasma.simulate.Traffic;
import dev.miasma.simulate.TrafficPublisher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/**
 * One stream of queries that a monitor reads under faults, and what it has to have said in the end: exactly what a monitor
 * says that is left alone.
 */
final class DisturbedStream {
    static final int QUERIES = 12_000;
    static final int PARTITIONS = 4;
    private static final int QUERIES_PER_SECOND = 1_500;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static @Nullable Outcome undisturbed;

    private final String bootstrapServers;
    private final String name;
    private final Settings settings;
    private final FutureTask<Long> publishing;

    /**
     * @param bootstrapServers of the brokers, as those see them whom no fault is meant for
     * @param name of the monitor, and what the names of its topics begin with; the input topic has to be there
     * @param folder for models and state
     * @param producer settings of whoever publishes, beside the brokers
     */
    DisturbedStream(String bootstrapServers, String name, Path folder, Map<String, ?> producer) throws Exception {
        this.bootstrapServers = bootstrapServers;
        this.name = name;
        this.settings = settings(bootstrapServers, name, folder);
        Map<String, Object> kafka = new HashMap<>(Map.of("bootstrap.servers", bootstrapServers));
        kafka.putAll(producer);
        this.publishing = new FutureTask<>(() -> publish(kafka, input(name), QUERIES_PER_SECOND));
    }

    /** Name of the topic that a monitor reads. */
    static String input(String name) {
        return name + "-predictions";
    }

    /** What is said of the stream by a monitor that nothing happens to. Found out once for all tests of this JVM. */
    static synchronized Outcome undisturbed() throws Exception {
        if (undisturbed == null) {
            Path folder = Files.createTempDirectory("calm");
            InMemoryMeasures measures = new InMemoryMeasures();
            try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
                kafka.createTopic(input("calm"), PARTITIONS);
                publish(Map.of("bootstrap.servers", kafka.bootstrapServers()), input("calm"), 0);
                try (Monitor monitor = Monitor.start(
                        settings(kafka.bootstrapServers(), "calm", folder).config(), measures)) {
                    assertThat(monitor.awaitRunning(PATIENCE)).isTrue();
                    await().atMost(PATIENCE).until(() -> measures.detectedCount() == QUERIES);
                }
                undisturbed = Outcome.ofDecided(kafka.bootstrapServers(), "calm");
            }
            assertThat(undisturbed.alerts())
                    .hasSizeGreaterThan(20)
                    .extracting(Outcome.Alert::id)
                    .doesNotHaveDuplicates();
        }
        return undisturbed;
    }

    private static Settings settings(String bootstrapServers, String name, Path folder) throws Exception {
        return new Settings(
                        bootstrapServers, name, input(name), TrainedTarget.get().modelsBelow(folder), folder)
                .with(ConfigKey.DETECT_COOLDOWN_MS, "0")
                .with("kafka.commit.interval.ms", "500")
                .with(ConfigKey.ALERTS_COMMIT_PACE_MS, "500");
    }

    private static long publish(Map<String, ?> kafka, String topic, int perSecond) {
        Traffic traffic = TrainedTarget.get().traffic(7, 40, 8, 0.25);
        EventWriter writer = new EventWriter(TrainedTarget.ENDPOINT, TrainedTarget.VERSION, false);
        try (TrafficPublisher publisher = new TrafficPublisher(kafka, topic, writer)) {
            return publisher.publish(traffic, QUERIES, perSecond, Long.MAX_VALUE);
        }
    }

    /** Settings of the monitor, for a test to add to. */
    Settings settings() {
        return settings;
    }

    /** Begins to publish, which takes some seconds, so that the fault comes in mid-stream. */
    void startPublishing() {
        Thread.ofPlatform().daemon().start(publishing);
    }

    /** Waits until so many queries are done for good. */
    void awaitDone(long queries, ChildJvm... living) throws Exception {
        try (GroupProgress group = new GroupProgress(bootstrapServers, name)) {
            awaitWhile(group::describe, living).until(() -> group.done(input(name)) >= queries);
        }
    }

    /** Waits for the end of the stream, and fails unless all is as if nothing had happened. */
    void assertNothingLostAndNothingTwice(ChildJvm... living) throws Exception {
        assertNothingLostAndNothingTwice(0, living);
    }

    /** The same where so many records more had to be put aside. */
    void assertNothingLostAndNothingTwice(int putAside, ChildJvm... living) throws Exception {
        Outcome expected = undisturbed();
        awaitDone(QUERIES, living);
        awaitWhile(living).until(() -> Outcome.of(bootstrapServers, name).covers(expected));

        Outcome disturbed = Outcome.of(bootstrapServers, name);
        assertThat(publishing.get()).isEqualTo(QUERIES);
        disturbed.assertSameAs(expected);
        assertThat(Committed.records(bootstrapServers, name + "-dead-letters")).hasSize(putAside);
    }

    /** Waits as long as processes live, and shows their logs when the wait is in vain. */
    static ConditionFactory awaitWhile(ChildJvm... living) {
        return awaitWhile(() -> "", living);
    }

    /** The same, and shows what else there is to tell. */
    static ConditionFactory awaitWhile(Supplier<String> more, ChildJvm... living) {
        return await().pollInterval(Duration.ofMillis(250))
                .atMost(PATIENCE)
                .conditionEvaluationListener(new ChildLog(List.of(living), more))
                .failFast(() -> List.of(living).forEach(ChildJvm::assertAlive));
    }
}
