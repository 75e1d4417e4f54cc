// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.config.ConfigKey;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.decode.Arrival;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a topic, read without a group and without committing anything: from its beginning or a time, to a time or
 * to what is there when reading begins.
 */
final class EventTopic {
    private static final Duration POLL = Duration.ofMillis(200);

    private final MiasmaConfig config;
    private final InstantSource clock;

    EventTopic(MiasmaConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    /**
     * Reads the stretch, or as much as is wanted of it. An end that is to come is waited for.
     *
     * @param since record time to begin at; the beginning where absent
     * @param until record time to end before; where absent, the end of the topic as it is now
     * @throws StartupException in one line, if the topic cannot be read
     */
    void read(String topic, Optional<Instant> since, Optional<Instant> until, EventSink sink) {
        try (var consumer = new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            if (since.isPresent()) {
                offsets(consumer, partitions, since.get()).forEach(consumer::seek);
            } else {
                consumer.seekToBeginning(partitions);
            }
            read(consumer, partitions, until, sink);
        } catch (TimeoutException e) {
            throw new StartupException("no Kafka broker answers at " + String.join(", ", config.bootstrapServers())
                    + ": start it, or set " + ConfigKey.BOOTSTRAP_SERVERS);
        } catch (AuthorizationException e) {
            throw new StartupException("this user has no right to read topic " + topic + ": " + e.getMessage());
        } catch (KafkaException e) {
            throw new StartupException("cannot read topic " + topic + ": " + e.getMessage());
        }
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, String.join(",", config.bootstrapServers()));
        settings.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 15_000);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return settings;
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        List<PartitionInfo> infos = Objects.requireNonNullElse(consumer.partitionsFor(topic), List.of());
        if (infos.isEmpty()) {
            throw new StartupException("topic " + topic + " does not exist (or this user may not see it)");
        }
        return infos.stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    /** The first offset at or after a time; the end where there is none. */
    private static Map<TopicPartition, Long> offsets(
            KafkaConsumer<byte[], byte[]> consumer, Collection<TopicPartition> partitions, Instant time) {
        Map<TopicPartition, Long> ask = new HashMap<>();
        partitions.forEach(partition -> ask.put(partition, time.toEpochMilli()));
        Map<TopicPartition, Long> offsets = new HashMap<>(consumer.endOffsets(partitions));
        Map<TopicPartition, @Nullable OffsetAndTimestamp> found = new HashMap<>(consumer.offsetsForTimes(ask));
        found.forEach((partition, at) -> {
            if (at != null) {
                offsets.put(partition, at.offset());
            }
        });
        return offsets;
    }

    private void read(
            KafkaConsumer<byte[], byte[]> consumer,
            List<TopicPartition> partitions,
            Optional<Instant> until,
            EventSink sink) {
        @Nullable Map<TopicPartition, Long> ends = ends(consumer, partitions, until);
        while (ends == null || anyLeft(consumer, ends)) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                boolean afterEnd = ends != null && record.offset() >= Objects.requireNonNull(ends.get(partition));
                boolean tooLate =
                        until.isPresent() && record.timestamp() >= until.get().toEpochMilli();
                boolean after = afterEnd || tooLate;
                if (!after && !sink.take(record.value(), arrival(record))) {
                    return;
                }
            }
            if (ends == null) {
                ends = ends(consumer, partitions, until);
            }
        }
    }

    /** Where to end, or null as long as that is to come. */
    private @Nullable Map<TopicPartition, Long> ends(
            KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Optional<Instant> until) {
        if (until.isEmpty()) {
            return consumer.endOffsets(partitions);
        }
        return until.get().isAfter(clock.instant()) ? null : offsets(consumer, partitions, until.get());
    }

    /** Partitions that are through are not fetched any more. */
    private static boolean anyLeft(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        List<TopicPartition> through = ends.entrySet().stream()
                .filter(end -> consumer.position(end.getKey()) >= end.getValue())
                .map(Map.Entry::getKey)
                .toList();
        consumer.pause(through);
        return through.size() < ends.size();
    }

    private Arrival arrival(ConsumerRecord<byte[], byte[]> record) {
        String name = config.input().clientHeader();
        @Nullable Header header = name.isEmpty() ? null : record.headers().lastHeader(name);
        boolean named = header != null && header.value() != null && header.value().length > 0;
        return new Arrival(
                record.topic() + "-" + record.partition() + "-" + record.offset(),
                record.timestamp(),
                named && header != null ? new String(header.value(), StandardCharsets.UTF_8) : null,
                null);
    }
}
