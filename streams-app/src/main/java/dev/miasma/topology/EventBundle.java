// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * Records of one partition, one after the other, that go through Kafka Streams' queues as one record: the first one's place
 * and time, no key, no value, and these in its only header.
 */
final class EventBundle extends BundleHeader {
    /** Few enough that a commit that is asked for need not wait for long. */
    static final int MOST_EVENTS = 64;

    /** Events of so many bytes have too much work in them to be worth it. */
    static final int MOST_BYTES = 128 << 10;

    private final List<ConsumerRecord<byte[], byte[]>> events;

    private EventBundle(List<ConsumerRecord<byte[], byte[]>> events) {
        this.events = events;
    }

    /** The bundle of a record, null where it is one by itself. */
    static @Nullable EventBundle of(Headers headers) {
        return of(headers, EventBundle.class);
    }

    /** The records in their order, at least two. */
    List<ConsumerRecord<byte[], byte[]>> events() {
        return events;
    }

    /**
     * Bundles records.
     *
     * @param polled of one partition, in their order
     * @return the bundles and what is left alone, in the same order
     */
    static List<ConsumerRecord<byte[], byte[]>> of(List<ConsumerRecord<byte[], byte[]>> polled) {
        List<ConsumerRecord<byte[], byte[]>> bundled = new ArrayList<>(polled.size() / MOST_EVENTS + 1);
        int from = 0;
        while (from < polled.size()) {
            int to = from + 1;
            long bytes = bytes(polled.get(from));
            while (to < polled.size() && to - from < MOST_EVENTS && bytes + bytes(polled.get(to)) <= MOST_BYTES) {
                bytes += bytes(polled.get(to++));
            }
            bundled.add(to == from + 1 ? polled.get(from) : bundle(polled.subList(from, to), bytes));
            from = to;
        }
        return bundled;
    }

    /** At the place of the first: Kafka Streams commits the place of what it has not processed yet. */
    private static ConsumerRecord<byte[], byte[]> bundle(List<ConsumerRecord<byte[], byte[]>> events, long bytes) {
        ConsumerRecord<byte[], byte[]> first = events.getFirst();
        Optional<Integer> epoch = first.leaderEpoch();
        return new ConsumerRecord<>(
                first.topic(),
                first.partition(),
                first.offset(),
                first.timestamp(),
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                (int) bytes,
                null,
                null,
                new RecordHeaders(new Header[] {new EventBundle(events)}),
                epoch);
    }

    private static long bytes(ConsumerRecord<byte[], byte[]> event) {
        return Math.max(0, event.serializedKeySize()) + Math.max(0L, event.serializedValueSize());
    }
}
