// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.config.ConfigKey;
import dev.miasma.embedded.Brokers;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several instances, of which one is away for so long that the others take over its partitions. */
class InstanceFaultsIT {
    /** The shortest that a broker allows by default. */
    private static final String SESSION_TIMEOUT_MS = "6000";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void one_of_three_that_is_killed_is_stood_in_for_and_may_come_back() throws Exception {
        try (Brokers brokers = Brokers.start(folder, 1, Map.of())) {
            DisturbedStream stream = stream(brokers, "three");
            stream.settings().with(ConfigKey.STANDBY_REPLICAS, "1");
            try (ChildJvm first = instance(stream, "one", brokers.bootstrapServers());
                    ChildJvm second = instance(stream, "two", brokers.bootstrapServers());
                    ChildJvm third = instance(stream, "three", brokers.bootstrapServers());
                    GroupProgress group = new GroupProgress(brokers.bootstrapServers(), "three")) {
                DisturbedStream.awaitWhile(first, second, third)
                        .until(() -> group.workingMembers().size() == 3);
                stream.startPublishing();
                stream.awaitDone(DisturbedStream.QUERIES / 4, first, second, third);
                third.kill();
                DisturbedStream.awaitWhile(first, second)
                        .until(() -> group.workingMembers().size() == 2);
                stream.awaitDone(DisturbedStream.QUERIES / 2, first, second);
                try (ChildJvm again = instance(stream, "three", brokers.bootstrapServers())) {
                    DisturbedStream.awaitWhile(first, second, again)
                            .until(() -> group.workingMembers().size() == 3);

                    stream.assertNothingLostAndNothingTwice(first, second, again);
                }
            }
        }
    }

    @Test
    void one_that_the_network_cuts_off_is_stood_in_for_and_does_no_harm_when_it_is_back() throws Exception {
        try (Brokers brokers = Brokers.start(folder, 1, Map.of())) {
            DisturbedStream stream = stream(brokers, "cut");
            try (ChildJvm near = instance(stream, "near", brokers.bootstrapServers());
                    ChildJvm far = instance(stream, "far", brokers.proxiedServers());
                    GroupProgress group = new GroupProgress(brokers.bootstrapServers(), "cut")) {
                DisturbedStream.awaitWhile(near, far)
                        .until(() -> group.workingMembers().size() == 2);
                stream.startPublishing();
                stream.awaitDone(DisturbedStream.QUERIES / 4, near, far);
                Set<String> before = group.workingMembers();
                brokers.cutNetwork();
                DisturbedStream.awaitWhile(near, far)
                        .until(() -> group.workingMembers().size() == 1);
                assertThat(before).containsAll(group.workingMembers());
                brokers.mendNetwork();

                stream.assertNothingLostAndNothingTwice(near, far);
                DisturbedStream.awaitWhile(near, far)
                        .until(() -> group.workingMembers().size() == 2);
            }
        }
    }

    private DisturbedStream stream(Brokers brokers, String name) throws Exception {
        brokers.createTopic(DisturbedStream.input(name), DisturbedStream.PARTITIONS, Map.of());
        DisturbedStream stream = new DisturbedStream(brokers.bootstrapServers(), name, folder, Map.of());
        stream.settings()
                // One member of the group for each instance.
                .with(ConfigKey.THREADS, "1")
                .with("kafka.session.timeout.ms", SESSION_TIMEOUT_MS)
                .with("kafka.heartbeat.interval.ms", "1000");
        return stream;
    }

    private ChildJvm instance(DisturbedStream stream, String instance, String bootstrapServers) throws Exception {
        stream.settings()
                .with(ConfigKey.BOOTSTRAP_SERVERS, bootstrapServers)
                .with(ConfigKey.INSTANCE_ID, instance)
                .with(ConfigKey.STATE_DIR, folder.resolve(instance + "-state").toString());
        return ChildJvm.start(folder, stream.settings().runArguments());
    }
}
