// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the alerts as any consumer of theirs would, committed ones only. */
final class AlertReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<SeenAlert> alerts = new CopyOnWriteArrayList<>();
    private final Thread thread;

    AlertReader(String bootstrapServers, String topic, Consumer<SeenAlert> onAlert) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread = Thread.ofPlatform().daemon().name("miasma-alerts").start(() -> read(onAlert));
    }

    private void read(Consumer<SeenAlert> onAlert) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                consumer.poll(POLL).forEach(record -> {
                    SeenAlert alert = SeenAlert.of(record.value());
                    if (alert != null) {
                        alerts.add(alert);
                        onAlert.accept(alert);
                    }
                });
            }
        } catch (WakeupException e) {
            // Told to stop.
        }
    }

    /** Alerts about clients read so far. */
    List<SeenAlert> alerts() {
        return alerts;
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        consumer.close();
    }
}
