// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.config.ConfigKey;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.serve.AlertLog;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the alerts topic into a log, committed alerts only and by no consumer group, so that every instance has the alerts
 * of all, those from before its start included. In a thread of its own: the stream never waits for it.
 */
final class AlertFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AlertFeed.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final long NEW_PARTITIONS_EVERY_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int RETRY_SECONDS = 10;

    private final Map<String, Object> settings;
    private final String topic;
    private final AlertLog log;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Map<TopicPartition, Long> newFrom = new HashMap<>();
    private final Thread thread;
    private volatile Consumer<byte[], byte[]> current;
    private long passedOver;

    @SuppressWarnings("NullAway.Init") // Set by the thread.
    private AlertFeed(Map<String, Object> settings, String topic, AlertLog log) {
        this.settings = settings;
        this.topic = topic;
        this.log = log;
        thread = Thread.ofPlatform().daemon().name("miasma-alert-feed").unstarted(this::run);
    }

    /**
     * Begins to read.
     *
     * @param streams settings that Kafka Streams runs with, security included
     */
    static AlertFeed start(MiasmaConfig config, Map<String, Object> streams, AlertLog log) {
        String name = config.string(ConfigKey.APPLICATION_ID) + "-alert-feed";
        Map<String, Object> settings = new HashMap<>(new StreamsConfig(streams).getRestoreConsumerConfigs(name));
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        AlertFeed feed = new AlertFeed(settings, config.outputs().alertsTopic(), log);
        feed.thread.start();
        return feed;
    }

    private void run() {
        boolean again = true;
        while (again) {
            try (Consumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                current = consumer;
                read(consumer);
            } catch (WakeupException | InterruptException e) {
                // Told to stop.
            } catch (KafkaException e) {
                LOG.warn(
                        "cannot read {}; trying again in {} s: {}",
                        topic,
                        RETRY_SECONDS,
                        String.valueOf(e.getMessage()));
            }
            again = !stoppedWithin(RETRY_SECONDS);
        }
    }

    private boolean stoppedWithin(int seconds) {
        try {
            return stopped.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void read(Consumer<byte[], byte[]> consumer) {
        long lookedNanos = System.nanoTime() - NEW_PARTITIONS_EVERY_NANOS - 1;
        while (stopped.getCount() > 0) {
            if (System.nanoTime() - lookedNanos > NEW_PARTITIONS_EVERY_NANOS) {
                assign(consumer);
                lookedNanos = System.nanoTime();
            }
            consumer.poll(POLL).forEach(this::take);
        }
    }

    /** A partition is read from where its newest alerts begin that the log has room for. */
    private void assign(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        Set<TopicPartition> added = new HashSet<>(partitions);
        added.removeAll(consumer.assignment());
        if (added.isEmpty()) {
            return;
        }
        consumer.assign(partitions);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(added);
        consumer.endOffsets(added).forEach((partition, end) -> {
            newFrom.putIfAbsent(partition, end);
            consumer.seek(partition, Math.max(begins.getOrDefault(partition, 0L), end - AlertLog.MOST));
        });
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        boolean isNew =
                record.offset() >= newFrom.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L);
        boolean taken = record.value() != null && log.add(record.value(), isNew);
        if (!taken && passedOver++ == 0) {
            LOG.warn(
                    "{} holds records that are no alerts, the first at {}-{}; they are passed over",
                    topic,
                    record.partition(),
                    record.offset());
        }
    }

    @Override
    public void close() {
        stopped.countDown();
        Consumer<byte[], byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join(STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
