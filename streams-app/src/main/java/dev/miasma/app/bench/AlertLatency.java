// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the alerts as a consumer of committed records does, from the topic's end on, and notes how old each is when it
 * comes. An alert's record has the timestamp of the query that raised it. Producer and reader have one clock.
 */
final class AlertLatency implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final FutureTask<List<Seen>> reading;
    private final Thread reader;
    private volatile boolean stopped;

    /**
     * An alert.
     *
     * @param recordMillis timestamp of its query
     * @param latencyMillis from then until it could be read
     */
    record Seen(long recordMillis, long latencyMillis) {}

    AlertLatency(String bootstrap, List<TopicPartition> partitions) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        reading = new FutureTask<>(this::read);
        reader = Thread.ofPlatform().daemon().name("alert-latency").start(reading);
    }

    private List<Seen> read() {
        List<Seen> seen = new ArrayList<>();
        while (!stopped) {
            var alerts = consumer.poll(POLL);
            long now = System.currentTimeMillis();
            for (ConsumerRecord<byte[], byte[]> alert : alerts) {
                seen.add(new Seen(alert.timestamp(), now - alert.timestamp()));
            }
        }
        return seen;
    }

    /** Stops reading; everything seen. */
    List<Seen> stop() throws InterruptedException {
        stopped = true;
        try {
            return reading.get();
        } catch (ExecutionException e) {
            throw new BenchException("reading alerts failed: " + e.getCause(), e);
        }
    }

    @Override
    public void close() {
        stopped = true;
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return; // The reader is a daemon, and a consumer may be closed by no other thread while it reads.
        }
        consumer.close();
    }
}
