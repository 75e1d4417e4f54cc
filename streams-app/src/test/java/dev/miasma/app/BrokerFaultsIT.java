// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.config.ConfigKey;
import dev.miasma.embedded.Brokers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to the brokers; the monitor lives on, or is given what it needs and goes on. */
class BrokerFaultsIT {
    private static final Duration OUTAGE = Duration.ofMinutes(1);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void the_only_broker_may_be_stopped_and_come_back() throws Exception {
        try (Brokers brokers = Brokers.start(folder, 1, Map.of())) {
            DisturbedStream stream = stream(brokers, "stopped", Map.of());
            try (ChildJvm monitor = ChildJvm.start(folder, stream.settings().runArguments())) {
                stream.startPublishing();
                stream.awaitDone(DisturbedStream.QUERIES / 4, monitor);
                brokers.stop(1);
                brokers.startAgain(1);

                stream.assertNothingLostAndNothingTwice(monitor);
                monitor.stop();
            }
        }
    }

    @Test
    void brokers_that_are_killed_one_after_the_other_and_come_back_cost_no_alert() throws Exception {
        try (Brokers brokers = Brokers.start(folder, 3, Brokers.replicated())) {
            DisturbedStream stream = stream(brokers, "killed", Map.of());
            stream.settings().with(ConfigKey.TOPICS_REPLICATION, "3");
            try (ChildJvm monitor = ChildJvm.start(folder, stream.settings().runArguments())) {
                stream.startPublishing();
                for (int broker = 1; broker <= 3; broker++) {
                    stream.awaitDone(broker * (DisturbedStream.QUERIES / 5L), monitor);
                    brokers.kill(broker);
                    brokers.startAgain(broker);
                }

                stream.assertNothingLostAndNothingTwice(monitor);
                monitor.stop();
            }
        }
    }

    @Test
    void topics_that_no_other_broker_has_are_named_at_the_start() throws Exception {
        try (Brokers brokers = Brokers.start(folder, 2, Map.of())) {
            DisturbedStream stream = stream(brokers, "single", Map.of());
            stream.settings().with(ConfigKey.TOPICS_REPLICATION, "1");
            try (ChildJvm monitor = ChildJvm.start(folder, stream.settings().runArguments())) {
                DisturbedStream.awaitWhile(monitor)
                        .until(() -> monitor.err().contains("topics with one replica: single-alerts,"));
                monitor.stop();
            }
        }
    }

    @Test
    void a_cluster_of_three_may_lose_a_broker_for_good() throws Exception {
        try (Brokers brokers = Brokers.start(folder, 3, Brokers.replicated())) {
            DisturbedStream stream = stream(brokers, "lost", Map.of());
            stream.settings().with(ConfigKey.TOPICS_REPLICATION, "3");
            try (ChildJvm monitor = ChildJvm.start(folder, stream.settings().runArguments())) {
                stream.startPublishing();
                stream.awaitDone(DisturbedStream.QUERIES / 4, monitor);
                brokers.kill(2);

                stream.assertNothingLostAndNothingTwice(monitor);
                monitor.stop();
            }
        }
    }

    @Test
    void alerts_that_cannot_be_written_for_a_minute_are_written_afterwards() throws Exception {
        try (Brokers brokers = Brokers.start(folder, 3, Brokers.replicated())) {
            DisturbedStream stream = stream(brokers, "unwritable", Map.of());
            stream.settings().with(ConfigKey.TOPICS_REPLICATION, "3");
            // With one broker of three gone everything else can be written, and this cannot.
            brokers.createTopic("unwritable-alerts", 1, Map.of("min.insync.replicas", "3"));
            try (ChildJvm monitor = ChildJvm.start(folder, stream.settings().runArguments())) {
                stream.startPublishing();
                stream.awaitDone(DisturbedStream.QUERIES / 4, monitor);
                int before = Outcome.of(brokers.bootstrapServers(), "unwritable")
                        .alerts()
                        .size();
                brokers.kill(3);
                Thread.sleep(OUTAGE);
                assertThat(before)
                        .isLessThan(DisturbedStream.undisturbed().alerts().size());
                brokers.startAgain(3);

                stream.assertNothingLostAndNothingTwice(monitor);
                monitor.stop();
            }
        }
    }

    private DisturbedStream stream(Brokers brokers, String name, Map<String, ?> producer) throws Exception {
        brokers.createTopic(DisturbedStream.input(name), DisturbedStream.PARTITIONS, Map.of());
        return new DisturbedStream(brokers.bootstrapServers(), name, folder, producer);
    }
}
