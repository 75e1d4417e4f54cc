// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Gives each record the time of a clock that is up to two hours ahead or behind. Kafka makes the instance. */
public final class SkewedClocks implements ProducerInterceptor<Object, Object> {
    private static final long MOST_MILLIS = Duration.ofHours(2).toMillis();

    private final Random random = new Random(1);

    @Override
    public ProducerRecord<Object, Object> onSend(ProducerRecord<Object, Object> record) {
        long timestamp = System.currentTimeMillis() + random.nextLong(-MOST_MILLIS, MOST_MILLIS);
        return new ProducerRecord<>(
                record.topic(), record.partition(), timestamp, record.key(), record.value(), record.headers());
    }

    @Override
    public void onAcknowledgement(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
        // Nothing to do.
    }

    @Override
    public void configure(Map<String, ?> configs) {
        // Nothing to configure.
    }

    @Override
    public void close() {
        // Nothing to close.
    }
}
