// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Plain consumers, one a thread, that share the partitions and commit nothing: the lower bound of what reading costs. The
 * threads and their connections stay from round to round, as the monitor's do.
 */
final class ConsumerContender implements Contender {
    private static final Duration POLL = Duration.ofMillis(100);

    /** As many as a stream thread takes. */
    private static final int MAX_POLL_RECORDS = 1000;

    private final String name;
    private final ExecutorService threads;
    private final List<Reader> readers = new ArrayList<>();

    /** What is done with a record. */
    @FunctionalInterface
    interface Work {
        void take(ConsumerRecord<byte[], byte[]> event);
    }

    private record Reader(KafkaConsumer<byte[], byte[]> consumer, Work work) {}

    /**
     * @param name of this contender
     * @param bootstrap brokers
     * @param partitions to read, all of them
     * @param threads number of consumers
     * @param work of one thread
     */
    ConsumerContender(
            String name, String bootstrap, List<TopicPartition> partitions, int threads, Supplier<Work> work) {
        this.name = name;
        this.threads = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name(name + "-", 1).factory());
        for (int thread = 0; thread < threads; thread++) {
            List<TopicPartition> own = new ArrayList<>();
            for (int i = thread; i < partitions.size(); i += threads) {
                own.add(partitions.get(i));
            }
            KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                    Map.of(
                            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            bootstrap,
                            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                            "read_committed",
                            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                            MAX_POLL_RECORDS,
                            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                            false),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
            consumer.assign(own);
            consumer.seekToBeginning(own);
            readers.add(new Reader(consumer, work.get()));
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long readTo(Map<TopicPartition, Long> ends, long total) throws InterruptedException {
        long start = System.nanoTime();
        List<Future<?>> running = new ArrayList<>();
        for (Reader reader : readers) {
            running.add(threads.submit(() -> read(reader, ends)));
        }
        for (Future<?> thread : running) {
            try {
                thread.get();
            } catch (ExecutionException e) {
                throw new BenchException(name + " failed: " + e.getCause(), e);
            }
        }
        return System.nanoTime() - start;
    }

    private static void read(Reader reader, Map<TopicPartition, Long> ends) {
        KafkaConsumer<byte[], byte[]> consumer = reader.consumer();
        while (isBehind(consumer, ends)) {
            for (ConsumerRecord<byte[], byte[]> event : consumer.poll(POLL)) {
                reader.work().take(event);
            }
        }
    }

    private static boolean isBehind(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        for (TopicPartition partition : consumer.assignment()) {
            if (consumer.position(partition) < ends.getOrDefault(partition, 0L)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        readers.forEach(reader -> reader.consumer().close());
    }
}
