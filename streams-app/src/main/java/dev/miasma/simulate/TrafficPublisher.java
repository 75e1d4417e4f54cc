// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the answers of simulated queries as prediction events, keyed by client. A failure to publish shows at the next
 * {@link #flush} or {@link #publish}.
 */
public final class TrafficPublisher implements AutoCloseable {
    private static final long NANOS = 1_000_000_000L;

    /** Queries between two looks at the clock. */
    private static final int STRIDE = 50;

    private final Producer<String, byte[]> producer;
    private final String topic;
    private final EventWriter writer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /**
     * @param bootstrapServers brokers, host:port, comma-separated
     * @param topic of the prediction events
     * @param endpoint and version named in them
     */
    public TrafficPublisher(String bootstrapServers, String topic, String endpoint, String version) {
        this(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                topic,
                new EventWriter(endpoint, version, false));
    }

    /**
     * @param kafka settings of the producer, {@code bootstrap.servers} among them; they win
     * @param topic of the prediction events
     * @param writer of the events
     * @throws org.apache.kafka.common.KafkaException if Kafka takes no producer with these settings
     */
    public TrafficPublisher(Map<String, ?> kafka, String topic, EventWriter writer) {
        this.topic = topic;
        this.writer = writer;
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        // With more, the first events to a topic that was just made may be refused as out of order for two minutes
        // (KAFKA-14359).
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.putAll(kafka);
        producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /**
     * Publishes until the queries or the time run out, or the thread is interrupted.
     *
     * @param traffic queries to make
     * @param queries how many at most
     * @param perSecond rate not to exceed; 0 for as fast as it goes
     * @param nanos how long at most
     * @return queries published
     * @throws IllegalStateException if Kafka did not take one
     */
    public long publish(Traffic traffic, long queries, int perSecond, long nanos) {
        long start = System.nanoTime();
        long sent = 0;
        while (sent < queries && !Thread.currentThread().isInterrupted()) {
            if (sent % STRIDE == 0) {
                long elapsed = System.nanoTime() - start;
                if (elapsed >= nanos) {
                    break;
                }
                long due = perSecond == 0 ? 0 : sent * NANOS / perSecond;
                if (due > elapsed) {
                    LockSupport.parkNanos(due - elapsed);
                }
            }
            send(traffic.next());
            sent++;
        }
        flush();
        return sent;
    }

    /** Publishes one query's answer, in the background. */
    public void send(SimulatedQuery query) {
        byte[] event = writer.write(query);
        var _ = producer.send(new ProducerRecord<>(topic, query.client(), event), (metadata, error) -> {
            if (error != null) {
                failure.compareAndSet(null, error);
            }
        });
    }

    /**
     * Waits until everything sent has arrived.
     *
     * @throws IllegalStateException if Kafka did not take an event
     */
    public void flush() {
        producer.flush();
        Exception failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("Kafka did not take an event: " + failed.getMessage(), failed);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
