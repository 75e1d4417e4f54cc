// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The time of a record, which a very old producer may leave out: then the newest of its partition. Kafka Streams' own
 * extractor ends the stream thread on such a record, and no data should do that. Kafka Streams makes the instance.
 */
public final class RecordTime implements TimestampExtractor {
    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return of(record, partitionTime);
    }

    /**
     * The time of a record.
     *
     * @param otherwise time where it has none
     */
    static long of(ConsumerRecord<?, ?> record, long otherwise) {
        return record.timestamp() >= 0 ? record.timestamp() : Math.max(otherwise, 0);
    }
}
