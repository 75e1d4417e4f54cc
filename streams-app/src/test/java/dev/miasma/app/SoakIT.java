// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.miasma.config.ConfigKey;
import dev.miasma.embedded.Brokers;
import dev.miasma.measure.InMemoryMeasures;
import dev.miasma.simulate.Traffic;
import dev.miasma.simulate.TrafficPublisher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Traffic at 70 % of what the monitor manages here, with a fault every few minutes. {@code -Dsoak.seconds=1800
 * -Dsoak.fault.seconds=180 -Dsoak.burst=400000} is the long form, {@code -Dsoak.report=FILE} keeps its figures. What the
 * monitor manages is measured with the second half of a burst, so that a larger one finds it warm.
 */
class SoakIT {
    private static final int SECONDS = Integer.getInteger("soak.seconds", 60);
    private static final int FAULT_SECONDS = Integer.getInteger("soak.fault.seconds", 12);
    private static final int BURST = Integer.getInteger("soak.burst", 60_000);
    private static final double LOAD = 0.7;

    private static final int BROKERS = 3;

    /** A killed broker reads every segment again that it had not finished: with gigabytes of them it would be away for long. */
    private static final Map<String, String> SMALL_SEGMENTS =
            Map.of("log.segment.bytes", "33554432", "num.recovery.threads.per.data.dir", "2");

    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(2);
    private static final String NAME = "soak";
    private static final String INPUT = "soak-predictions";

    @TempDir
    private Path folder = Path.of("");

    /** What happens to one of the brokers or to the instance that is not looked at, in turn. */
    private enum Fault {
        INSTANCE_KILLED,
        BROKER_KILLED,
        NETWORK_CUT
    }

    @Test
    void memory_threads_and_files_stay_flat_and_nothing_is_lost() throws Exception {
        Map<String, String> broker = new HashMap<>(Brokers.replicated());
        broker.putAll(SMALL_SEGMENTS);
        try (Brokers brokers = Brokers.start(folder, BROKERS, broker)) {
            brokers.createTopic(INPUT, PARTITIONS, Map.of());
            try (ChildJvm watched = instance(brokers, "watched");
                    GroupProgress group = new GroupProgress(brokers.bootstrapServers(), NAME)) {
                DisturbedStream.awaitWhile(watched)
                        .until(() -> !group.workingMembers().isEmpty());
                double capacity = capacity(brokers, group, watched);
                int rate = (int) (LOAD * capacity);
                long queries = (long) rate * SECONDS;
                FutureTask<Long> publishing = new FutureTask<>(() -> publish(brokers, 2, queries, rate));
                Thread.ofPlatform().daemon().start(publishing);
                List<SoakSample> samples = disturb(brokers, watched, publishing);

                assertThat(publishing.get()).isEqualTo(queries);
                DisturbedStream.awaitWhile(() -> group.describe() + "\n" + brokers.endOfLogs(), watched)
                        .until(() -> group.done(INPUT) == BURST + queries);
                Map<String, Object> report = SoakSample.report(samples);
                report.put("seconds", SECONDS);
                report.put("faults", SECONDS / FAULT_SECONDS);
                report.put("queries", BURST + queries);
                report.put("capacityPerSecond", (long) capacity);
                report.put("publishedPerSecond", rate);
                assertAsUndisturbed(brokers, BURST + queries, report);
                tell(report);
                SoakSample.assertFlat(samples);
            }
        }
    }

    /** Queries a second that are done for good when as many as there are wait. */
    private static double capacity(Brokers brokers, GroupProgress group, ChildJvm watched) throws Exception {
        publish(brokers, 1, BURST / 2, 0); // Warms it up.
        DisturbedStream.awaitWhile(() -> group.describe() + "\n" + brokers.endOfLogs(), watched)
                .until(() -> group.done(INPUT) == BURST / 2);
        long start = System.nanoTime();
        publish(brokers, 3, BURST / 2, 0);
        DisturbedStream.awaitWhile(() -> group.describe() + "\n" + brokers.endOfLogs(), watched)
                .until(() -> group.done(INPUT) == BURST);
        return BURST / 2.0 / ((System.nanoTime() - start) / 1e9);
    }

    private List<SoakSample> disturb(Brokers brokers, ChildJvm watched, FutureTask<Long> publishing) throws Exception {
        List<SoakSample> samples = new ArrayList<>();
        ChildJvm other = instance(brokers, "other");
        int killed = 0;
        try {
            long nextFault =
                    System.nanoTime() + Duration.ofSeconds(FAULT_SECONDS).toNanos();
            for (int faults = 0; !publishing.isDone(); ) {
                Thread.sleep(BETWEEN_SAMPLES);
                watched.assertAlive();
                samples.add(SoakSample.of(port("watched"), watched.pid(), folder.resolve("watched-state")));
                if (System.nanoTime() - nextFault > 0) {
                    switch (Fault.values()[faults++ % Fault.values().length]) {
                        case INSTANCE_KILLED -> {
                            other.kill();
                            other = instance(brokers, "other");
                        }
                        case BROKER_KILLED -> {
                            killed = killed % BROKERS + 1;
                            brokers.kill(killed);
                            brokers.startAgain(killed);
                        }
                        case NETWORK_CUT -> {
                            brokers.cutNetwork();
                            Thread.sleep(Duration.ofSeconds(7));
                            brokers.mendNetwork();
                        }
                    }
                    nextFault = System.nanoTime()
                            + Duration.ofSeconds(FAULT_SECONDS).toNanos();
                }
            }
        } finally {
            other.close();
        }
        return samples;
    }

    /** Has another monitor read the same input, with no fault, and compares. */
    private void assertAsUndisturbed(Brokers brokers, long queries, Map<String, Object> report) throws Exception {
        InMemoryMeasures measures = new InMemoryMeasures();
        Settings calm = new Settings(
                        brokers.bootstrapServers(),
                        "calm",
                        INPUT,
                        TrainedTarget.get().modelsBelow(folder),
                        folder)
                .with(ConfigKey.TOPICS_REPLICATION, Integer.toString(BROKERS))
                .with(ConfigKey.DETECT_COOLDOWN_MS, "0");
        try (Monitor monitor = Monitor.start(calm.config(), measures)) {
            assertThat(monitor.awaitRunning(PATIENCE)).isTrue();
            DisturbedStream.awaitWhile()
                    .atMost(Duration.ofSeconds(120L + 2L * SECONDS))
                    .until(() -> measures.detectedCount() == queries);
        }
        Outcome expected = Outcome.ofDecided(brokers.bootstrapServers(), "calm");
        Outcome seen = Outcome.ofDecided(brokers.bootstrapServers(), NAME);
        report.put("alerts", seen.alerts().size());
        assertThat(expected.alerts()).isNotEmpty();
        assertThat(Committed.records(brokers.bootstrapServers(), NAME + "-dead-letters"))
                .isEmpty();
        seen.assertSameAs(expected);
    }

    private ChildJvm instance(Brokers brokers, String instance) throws Exception {
        boolean watched = instance.equals("watched");
        Settings settings = new Settings(
                        // The network of the one that is looked at stays.
                        watched ? brokers.bootstrapServers() : brokers.proxiedServers(),
                        NAME,
                        INPUT,
                        TrainedTarget.get().modelsBelow(folder),
                        folder)
                .with(ConfigKey.INSTANCE_ID, instance)
                .with(ConfigKey.STATE_DIR, folder.resolve(instance + "-state").toString())
                .with(ConfigKey.HTTP_PORT, watched ? Integer.toString(port(instance)) : "0")
                .with(ConfigKey.DETECT_COOLDOWN_MS, "0")
                .with(ConfigKey.TOPICS_REPLICATION, Integer.toString(BROKERS))
                .with("kafka.session.timeout.ms", "6000")
                .with("kafka.heartbeat.interval.ms", "1000");
        return ChildJvm.start(folder, List.of("-Xmx256m"), settings.runArguments());
    }

    private int port(String instance) throws Exception {
        Path file = folder.resolve(instance + ".port");
        if (!Files.exists(file)) {
            Files.writeString(file, Integer.toString(Brokers.freePort()));
        }
        return Integer.parseInt(Files.readString(file));
    }

    private static long publish(Brokers brokers, long seed, long queries, int perSecond) {
        TrainedTarget target = TrainedTarget.get();
        Traffic traffic = target.traffic(seed, 400, 40, 0.05);
        try (TrafficPublisher publisher = target.publisher(brokers.bootstrapServers(), INPUT)) {
            return publisher.publish(traffic, queries, perSecond, Long.MAX_VALUE);
        }
    }

    private static void tell(Map<String, Object> report) throws Exception {
        String text = new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(new LinkedHashMap<>(report));
        System.out.println(text);
        String file = System.getProperty("soak.report", "");
        if (!file.isEmpty()) {
            Files.writeString(Path.of(file), text + "\n");
        }
    }
}
