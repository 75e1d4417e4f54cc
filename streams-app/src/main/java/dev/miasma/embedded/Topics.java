// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.embedded;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Makes topics. */
final class Topics {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private Topics() {}

    /**
     * Makes a topic with one replica a partition and returns when every partition's leader answers for it.
     *
     * <p>To be named as the leader is not enough. Where a producer's first batch finds a broker that does not know yet that
     * it leads the partition, and the second one no longer, the broker takes the second for the first, and then refuses the
     * first as out of order until its time is up: an idempotent producer's sequence may begin anywhere (KAFKA-14359).
     *
     * @throws EmbeddedKafkaException if that fails
     */
    static void create(String bootstrapServers, String name, int partitions, Map<String, String> settings) {
        int patience = Math.toIntExact(PATIENCE.toMillis());
        Map<String, Object> client = Map.of(
                "bootstrap.servers", bootstrapServers,
                "default.api.timeout.ms", patience,
                "request.timeout.ms", patience,
                "retry.backoff.ms", BETWEEN_LOOKS.toMillis(),
                "retry.backoff.max.ms", BETWEEN_LOOKS.toMillis());
        try (Admin admin = Admin.create(client)) {
            NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(settings);
            admin.createTopics(List.of(topic)).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            admin.listOffsets(ends(name, partitions)).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
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

    /** Where a topic ends is a question that only the leaders of its partitions answer. */
    private static Map<TopicPartition, OffsetSpec> ends(String name, int partitions) {
        return IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(name, partition))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    }
}
