// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.embedded;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes topics. */
final class Topics {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private Topics() {}

    /**
     * Makes a topic with one replica a partition and returns when every partition has a leader.
     *
     * @throws EmbeddedKafkaException if that fails
     */
    static void create(String bootstrapServers, String name, int partitions, Map<String, String> settings) {
        int patience = Math.toIntExact(PATIENCE.toMillis());
        Map<String, Object> client = Map.of(
                "bootstrap.servers", bootstrapServers,
                "default.api.timeout.ms", patience,
                "request.timeout.ms", patience);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (Admin admin = Admin.create(client)) {
            NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(settings);
            admin.createTopics(List.of(topic)).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            while (!isReady(admin, name, partitions)) {
                if (System.nanoTime() - deadline > 0) {
                    throw new EmbeddedKafkaException("topic " + name + " has no leaders after " + PATIENCE);
                }
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new EmbeddedKafkaException("cannot make topic " + name + ": " + cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new EmbeddedKafkaException("cannot make topic " + name + ": no answer within " + PATIENCE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedKafkaException("interrupted while making topic " + name, e);
        }
    }

    private static boolean isReady(Admin admin, String name, int partitions)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            TopicDescription description = admin.describeTopics(List.of(name))
                    .allTopicNames()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .get(name);
            return description != null
                    && description.partitions().size() == partitions
                    && description.partitions().stream().allMatch(Topics::hasLeader);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false; // The controller knows it, the broker not yet.
            }
            throw e;
        }
    }

    private static boolean hasLeader(TopicPartitionInfo partition) {
        Node leader = partition.leader();
        return leader != null && !leader.isEmpty();
    }
}
