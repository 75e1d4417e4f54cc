// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.embedded;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes topics, and waits for them. */
public final class Topics {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private Topics() {}

    /**
     * Makes a topic with one replica a partition and waits for its leaders.
     *
     * @throws EmbeddedKafkaException if that fails
     */
    static void create(String bootstrapServers, String name, int partitions, Map<String, String> settings) {
        int patience = Math.toIntExact(PATIENCE.toMillis());
        Map<String, Object> client = Map.of(
                "bootstrap.servers", bootstrapServers,
                "default.api.timeout.ms", patience,
                "request.timeout.ms", patience,
                "retry.backoff.ms", BETWEEN_LOOKS.toMillis());
        try (Admin admin = Admin.create(client)) {
            NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(settings);
            admin.createTopics(List.of(topic)).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            awaitLeaders(admin, name, partitions);
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

    /**
     * Waits until the leader of every partition of a topic answers for it.
     *
     * <p>To be named as the leader is not enough. Where a producer's first batch finds a broker that does not know yet that
     * it leads the partition, and the second one no longer, the broker takes the second for the first, and then refuses the
     * first as out of order until its time is up: an idempotent producer's sequence may begin anywhere (KAFKA-14359).
     *
     * @throws ExecutionException if the brokers refuse to answer
     * @throws TimeoutException if they do not within 20 seconds
     */
    public static void awaitLeaders(Admin admin, String topic, int partitions)
            throws ExecutionException, InterruptedException, TimeoutException {
        // Where a topic ends is a question that only the leaders of its partitions answer.
        Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!answered(admin.listOffsets(ends).all())) {
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException("topic " + topic + " has no leaders after " + PATIENCE);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private static boolean answered(KafkaFuture<?> ends)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            ends.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false; // The controller knows it, the broker not yet.
            }
            throw e;
        }
    }
}
