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
    void a_broker_that_is_killed_and_comes_back_costs_no_alert() throws Exception {
        try (Brokers brokers = Brokers.start(folder, 1, Map.of())) {
            DisturbedStream stream = stream(brokers, "killed", Map.of());
            try (ChildJvm monitor = ChildJvm.start(folder, stream.settings().runArguments())) {
                stream.startPublishing();
                stream.awaitDone(DisturbedStream.QUERIES / 4, monitor);
                brokers.kill(1);
                brokers.startAgain(1);

                stream.assertNothingLostAndNothingTwice(monitor);
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
