// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import dev.miasma.embedded.EmbeddedKafka;
import dev.miasma.embedded.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka of a measurement, in this JVM or somewhere else, with the topics made for it. Names begin with one prefix, so
 * that runs do not meet; what a run made elsewhere is deleted when it is closed.
 */
final class BenchKafka implements AutoCloseable {
    private static final int TIMEOUT_SECONDS = 30;
    private static final int BATCH_BYTES = 1 << 17;
    private static final int LINGER_MILLIS = 5;
    private static final long SHORTEST_WAIT_NANOS = 1_000_000;

    private final @Nullable EmbeddedKafka embedded;
    private final String bootstrap;
    /** What a contender deletes of its topics would be taken away a minute later, in the time of another. */
    private static final Map<String, String> BROKER = Map.of("log.segment.delete.delay.ms", "86400000");

    private final Admin admin;
    private final String prefix = "miasma-bench-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);

    private BenchKafka(@Nullable EmbeddedKafka embedded, String bootstrap) {
        this.embedded = embedded;
        this.bootstrap = bootstrap;
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrap);
        settings.put("default.api.timeout.ms", (int)
                Duration.ofSeconds(TIMEOUT_SECONDS).toMillis());
        admin = Admin.create(settings);
    }

    /** A broker in this JVM, or where {@code bootstrap} says. */
    static BenchKafka open(@Nullable String bootstrap) {
        if (bootstrap != null) {
            return new BenchKafka(null, bootstrap);
        }
        EmbeddedKafka embedded = EmbeddedKafka.start(BROKER);
        return new BenchKafka(embedded, embedded.bootstrapServers());
    }

    String bootstrapServers() {
        return bootstrap;
    }

    /** Where it runs, for people. */
    String place() {
        return embedded == null ? bootstrap : Machine.IN_JVM;
    }

    /** A name that no other run has. */
    String name(String what) {
        return prefix + "-" + what;
    }

    /** Makes topics with as many partitions each, and returns when all their leaders answer. */
    void create(int partitions, List<String> names) {
        short replication = embedded == null ? (short) -1 : 1;
        await(
                "make topics",
                admin.createTopics(names.stream()
                                .map(name -> new NewTopic(name, partitions, replication))
                                .toList())
                        .all());
        names.forEach(name -> awaitLeaders(name, partitions));
    }

    private void awaitLeaders(String topic, int partitions) {
        try {
            Topics.awaitLeaders(admin, topic, partitions);
        } catch (ExecutionException | TimeoutException e) {
            throw new BenchException("topic " + topic + " was made and cannot be used: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }

    /** The end of every partition of a topic. */
    Map<TopicPartition, Long> ends(String topic, int partitions) {
        Map<TopicPartition, OffsetSpec> ask = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            ask.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        Map<TopicPartition, Long> ends = new HashMap<>();
        Map<TopicPartition, ListOffsetsResultInfo> found =
                await("look at the ends of " + topic, admin.listOffsets(ask).all());
        found.forEach((partition, info) -> ends.put(partition, info.offset()));
        return ends;
    }

    /** What a group has committed. */
    Map<TopicPartition, Long> committed(String group) {
        Map<TopicPartition, Long> committed = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> found = await(
                "look at what " + group + " committed",
                admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        found.forEach((partition, offset) -> {
            if (offset != null) {
                committed.put(partition, offset.offset());
            }
        });
        return committed;
    }

    /** Publishes so many queries in their events, keyed by client, and returns when all have arrived. */
    void publish(String topic, BenchEvents events, long queries) {
        publish(topic, events, queries, 0);
    }

    /**
     * The same at a rate.
     *
     * @param perSecond queries a second; 0 for as fast as it goes
     */
    void publish(String topic, BenchEvents events, long queries, double perSecond) {
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.LINGER_MS_CONFIG,
                LINGER_MILLIS,
                ProducerConfig.BATCH_SIZE_CONFIG,
                BATCH_BYTES);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            long start = System.nanoTime();
            for (long i = 0; i < queries; i += events.rows()) {
                if (perSecond > 0) {
                    awaitTurn(start + (long) (i * 1e9 / perSecond));
                }
                byte[] event = events.next();
                var _ = producer.send(new ProducerRecord<>(topic, events.key(), event), (metadata, error) -> {
                    if (error != null) {
                        failure.compareAndSet(null, error);
                    }
                });
            }
        }
        Exception failed = failure.get();
        if (failed != null) {
            throw new BenchException("Kafka did not take an event: " + failed.getMessage(), failed);
        }
    }

    /** Returns at once when it is late; an event that is a moment early would only wake the thread more often. */
    private static void awaitTurn(long due) {
        long early = due - System.nanoTime();
        if (early > SHORTEST_WAIT_NANOS) {
            LockSupport.parkNanos(early);
        }
    }

    static <T> T await(String what, KafkaFuture<T> future) {
        try {
            return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new BenchException("cannot " + what + ": " + cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new BenchException("cannot " + what + ": no answer within " + TIMEOUT_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }

    @Override
    public void close() {
        try {
            if (embedded == null) {
                List<String> ours = await("list topics", admin.listTopics().names()).stream()
                        .filter(name -> name.startsWith(prefix))
                        .toList();
                await("delete topics", admin.deleteTopics(ours).all());
            }
        } finally {
            admin.close(Duration.ofSeconds(2));
            if (embedded != null) {
                embedded.close();
            }
        }
    }
}
