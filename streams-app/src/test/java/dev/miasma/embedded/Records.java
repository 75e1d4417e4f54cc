// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.embedded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Text written to and read from the first partition of a topic. */
final class Records {
    private Records() {}

    /** Writes all values in one transaction, each known to be in the log before the transaction ends. */
    static void write(String bootstrapServers, String topic, boolean commit, String... values)
            throws ExecutionException, InterruptedException {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "transactional.id", "writer");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (String value : values) {
                producer.send(new ProducerRecord<>(topic, 0, null, value)).get();
            }
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    /** Sends so many values to all partitions without waiting for any; how many of them arrived. */
    static int stream(String bootstrapServers, String topic, int values) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrapServers,
                "linger.ms", 5,
                "request.timeout.ms", 5_000,
                "delivery.timeout.ms", 10_000);
        AtomicInteger arrived = new AtomicInteger();
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            String value = "v".repeat(300);
            for (int i = 0; i < values; i++) {
                var _ = producer.send(
                        new ProducerRecord<>(topic, Integer.toString(i % 41), value), (metadata, error) -> {
                            if (error == null) {
                                arrived.incrementAndGet();
                            }
                        });
            }
        }
        return arrived.get();
    }

    /** Everything committed by now, read as a member of a group. */
    static List<String> readCommitted(String bootstrapServers, String topic, String group) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "group.id",
                group,
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed");
        TopicPartition partition = new TopicPartition(topic, 0);
        List<String> read = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (consumer.assignment().isEmpty() || consumer.position(partition) < end) {
                if (System.nanoTime() - deadline > 0) {
                    throw new AssertionError("read only " + read + " of " + end + " records");
                }
                consumer.poll(Duration.ofMillis(100)).forEach(record -> read.add(record.value()));
            }
            consumer.commitSync();
        }
        return read;
    }
}
