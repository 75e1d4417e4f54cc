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
 * Reads a topic as a consumer of committed records does, from its end on, and notes how old a record is when it comes.
 * Producer and reader have one clock.
 */
final class RecordAges implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final int every;
    private final FutureTask<List<Seen>> reading;
    private final Thread reader;
    private volatile boolean stopped;

    /**
     * A record.
     *
     * @param recordMillis its timestamp
     * @param ageMillis from then until it could be read
     */
    record Seen(long recordMillis, long ageMillis) {}

    /** @param every how many records one is taken note of */
    RecordAges(String bootstrap, List<TopicPartition> partitions, int every) {
        this.every = every;
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
        reader = Thread.ofPlatform().daemon().name("record-ages").start(reading);
    }

    private List<Seen> read() {
        List<Seen> seen = new ArrayList<>();
        long count = 0;
        while (!stopped) {
            var records = consumer.poll(POLL);
            long now = System.currentTimeMillis();
            for (ConsumerRecord<byte[], byte[]> taken : records) {
                if (count++ % every == 0) {
                    seen.add(new Seen(taken.timestamp(), now - taken.timestamp()));
                }
            }
        }
        return seen;
    }

    /**
     * Stops reading.
     *
     * @param fromMillis records before that time are left out
     * @return ages, milliseconds, ascending
     */
    List<Long> stop(long fromMillis) throws InterruptedException {
        stopped = true;
        try {
            return reading.get().stream()
                    .filter(record -> record.recordMillis() >= fromMillis)
                    .map(Seen::ageMillis)
                    .sorted()
                    .toList();
        } catch (ExecutionException e) {
            throw new BenchException("reading records failed: " + e.getCause(), e);
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
