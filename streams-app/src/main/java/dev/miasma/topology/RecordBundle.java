// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import dev.miasma.decode.EventDecoder;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;
import org.jspecify.annotations.Nullable;

/**
 * Records that go from one stage to the next as one, each with its own place: no key, no value, and these in the only
 * header. One object, filled again and again.
 */
final class RecordBundle extends BundleHeader {
    /** More at a time would not be valid any more. */
    static final int MOST_GATHERED = EventDecoder.VALID_PREDICTIONS;

    private final List<Record<?, ?>> records = new ArrayList<>(MOST_GATHERED);
    private final List<ProcessorRecordContext> places = new ArrayList<>(MOST_GATHERED);

    /** The bundle of a record, null where it is one by itself. */
    static @Nullable RecordBundle of(Headers headers) {
        return of(headers, RecordBundle.class);
    }

    /**
     * Adds a record.
     *
     * @param place where the event stands that it comes from
     */
    void add(Record<?, ?> record, ProcessorRecordContext place) {
        records.add(record);
        places.add(place);
    }

    int size() {
        return records.size();
    }

    Record<?, ?> record(int i) {
        return records.get(i);
    }

    ProcessorRecordContext place(int i) {
        return places.get(i);
    }

    void clear() {
        records.clear();
        places.clear();
    }
}
