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
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process is killed in mid-stream, again while it restores its state, and again later; nobody can tell. */
class CrashIT {
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
    static void a_monitor_that_is_left_alone_has_seen_the_stream() throws Exception {
        KAFKA.createTopic("calm-predictions", PARTITIONS);
        publish("calm-predictions", 0);
        InMemoryMeasures measures = new InMemoryMeasures();
        try (Monitor monitor = Monitor.start(settings("calm", true).config(), measures)) {
            assertThat(monitor.awaitRunning(PATIENCE)).isTrue();
            await().atMost(PATIENCE).until(() -> measures.detectedCount() == QUERIES);
        }
        undisturbed = Outcome.ofDecided(KAFKA.bootstrapServers(), "calm");
        assertThat(undisturbed.alerts())
                .hasSizeGreaterThan(20)
                .extracting(Outcome.Alert::id)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = ConfigKey.INPUT_KEYED_BY_CLIENT + " = {0}")
    @ValueSource(booleans = {true, false})
    void alerts_and_risks_are_those_of_a_monitor_that_was_never_killed(boolean keyedByClient) throws Exception {
        String name = keyedByClient ? "keyed" : "repartitioned";
        String input = name + "-predictions";
        KAFKA.createTopic(input, PARTITIONS);
        String[] run = settings(name, keyedByClient).runArguments();
        FutureTask<Long> publishing = new FutureTask<>(() -> publish(input, QUERIES_PER_SECOND));

        try (GroupProgress group = new GroupProgress(KAFKA.bootstrapServers(), name)) {
            try (ChildJvm first = ChildJvm.start(folder, run)) {
                awaitWhile(first).until(() -> !group.workingMembers().isEmpty());
                Thread.ofPlatform().daemon().start(publishing);
                awaitWhile(first).until(() -> group.done(input) >= QUERIES / 5);
                awaitWhile(first).until(() -> isFrozenInTransaction(first, group, name + "-alerts"));
                first.kill();
            }
            assertThat(publishing.isDone()).as("killed in mid-stream").isFalse();
            Set<String> killed = group.workingMembers();
            try (ChildJvm second = ChildJvm.start(folder, run)) {
                awaitWhile(second).until(() -> group.workingMembers().stream().anyMatch(one -> !killed.contains(one)));
                second.kill();
            }
            long doneBefore = group.done(input);
            try (ChildJvm third = ChildJvm.start(folder, run)) {
                awaitWhile(third).until(() -> group.done(input) >= Math.min(doneBefore + QUERIES / 5, QUERIES - 1_000));
                third.kill();
            }
            try (ChildJvm last = ChildJvm.start(folder, run)) {
                awaitWhile(last)
                        .until(() -> group.done(input) == QUERIES
                                && Outcome.of(KAFKA.bootstrapServers(), name).covers(undisturbed));
                last.stop();
            }
        }

        assertThat(publishing.get()).isEqualTo(QUERIES);
        assertThat(Committed.recordsAndAborted(KAFKA.bootstrapServers(), name + "-alerts"))
                .as("alerts written, those of killed transactions among them")
                .hasSizeGreaterThan(undisturbed.alerts().size());
        Outcome crashed = Outcome.of(KAFKA.bootstrapServers(), name);
        crashed.assertSameAs(undisturbed);
        assertThat(Committed.records(KAFKA.bootstrapServers(), name + "-dead-letters"))
                .isEmpty();
    }

    private static Settings settings(String name, boolean keyedByClient) throws Exception {
        return new Settings(
                        KAFKA.bootstrapServers(),
                        name,
                        name + "-predictions",
                        TrainedTarget.get().modelsBelow(folder),
                        folder)
                .with(ConfigKey.INPUT_KEYED_BY_CLIENT, Boolean.toString(keyedByClient))
                .with(ConfigKey.DETECT_COOLDOWN_MS, "0")
                // Long transactions, so that it can be killed in the middle of one.
                .with("kafka.commit.interval.ms", "1000")
                .with(ConfigKey.ALERTS_COMMIT_PACE_MS, "1000")
                // A member that is killed and comes back under its name takes its place again at once.
                .with(ConfigKey.INSTANCE_ID, name + "-1");
    }

    private static long publish(String topic, int queriesPerSecond) {
        TrainedTarget target = TrainedTarget.get();
        Traffic traffic = target.traffic(7, 40, 8, 0.25);
        try (TrafficPublisher publisher = target.publisher(KAFKA.bootstrapServers(), topic)) {
            return publisher.publish(traffic, QUERIES, queriesPerSecond, Long.MAX_VALUE);
        }
    }

    /** Freezes a process if it has alerts in an open transaction, which then stays open: one that runs may end it any time. */
    private static boolean isFrozenInTransaction(ChildJvm process, GroupProgress group, String topic) throws Exception {
        if (!group.hasWrittenUncommitted(topic)) {
            return false;
        }
        process.freeze();
        // The broker has what was sent before by then, the end of the transaction too.
        TimeUnit.MILLISECONDS.sleep(200);
        if (group.hasWrittenUncommitted(topic)) {
            return true;
        }
        process.thaw();
        return false;
    }

    /** Waits as long as a process lives, and shows its log when the wait is in vain. */
    private static ConditionFactory awaitWhile(ChildJvm process) {
        return await().conditionEvaluationListener(new ChildLog(process))
                .failFast(process::assertAlive)
                .pollInterval(Duration.ofMillis(100))
                .atMost(PATIENCE);
    }
}
