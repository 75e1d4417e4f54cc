// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What a reader of committed records finds in a topic. */
final class Committed {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);

    private Committed() {}

    /** All records committed by now, each partition in its order. */
    static List<ConsumerRecord<String, byte[]>> records(String bootstrapServers, String topic) {
        return records(bootstrapServers, topic, "read_committed");
    }

    /** All records, those among them that no reader of committed ones ever sees. */
    static List<ConsumerRecord<String, byte[]>> recordsAndAborted(String bootstrapServers, String topic) {
        return records(bootstrapServers, topic, "read_uncommitted");
    }

    private static List<ConsumerRecord<String, byte[]>> records(
            String bootstrapServers, String topic, String isolationLevel) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", isolationLevel,
                "auto.offset.reset", "earliest");
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (System.nanoTime() - deadline > 0) {
                    throw new AssertionError(topic + " could not be read to its end within " + PATIENCE);
                }
                consumer.poll(POLL).forEach(records::add);
            }
        }
        return records;
    }

    /** The values as JSON. */
    static List<JsonNode> json(String bootstrapServers, String topic) {
        return records(bootstrapServers, topic).stream()
                .map(record -> json(record.value()))
                .toList();
    }

    /** What compaction would leave: the newest value of each key. */
    static Map<String, JsonNode> newest(String bootstrapServers, String topic) {
        Map<String, JsonNode> newest = new LinkedHashMap<>();
        records(bootstrapServers, topic).forEach(record -> newest.put(record.key(), json(record.value())));
        return newest;
    }

    private static JsonNode json(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
