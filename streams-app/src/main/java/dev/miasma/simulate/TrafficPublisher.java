// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Has simulated queries answered by a target and publishes the answers as prediction events, keyed by client, at no
 * more than a given rate.
 */
public final class TrafficPublisher implements AutoCloseable {
    private static final long NANOS = 1_000_000_000L;

    /** Queries between two looks at the clock. */
    private static final int STRIDE = 50;

    private final Producer<String, byte[]> producer;
    private final String topic;
    private final EventWriter writer;
    private final Function<double[], double[]> target;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /**
     * @param bootstrapServers brokers, host:port, comma-separated
     * @param topic of the prediction events
     * @param endpoint and version named in them
     * @param target answers a query: features to posterior
     */
    public TrafficPublisher(
            String bootstrapServers,
            String topic,
            String endpoint,
            String version,
            Function<double[], double[]> target) {
        this.topic = topic;
        this.target = target;
        writer = new EventWriter(endpoint, version);
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "lz4",
                        ProducerConfig.LINGER_MS_CONFIG,
                        5),
                new StringSerializer(),
                new ByteArraySerializer());
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
        producer.flush();
        Exception failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("Kafka did not take an event: " + failed.getMessage(), failed);
        }
        return sent;
    }

    private void send(SimulatedQuery query) {
        byte[] event = writer.write(query, target.apply(query.features()));
        var _ = producer.send(new ProducerRecord<>(topic, query.client(), event), (metadata, error) -> {
            if (error != null) {
                failure.compareAndSet(null, error);
            }
        });
    }

    @Override
    public void close() {
        producer.close();
    }
}
