// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;
import org.jspecify.annotations.Nullable;

/**
 * Makes of the events of a bundle the records that Kafka Streams would have made of them had they come alone: with their own
 * times and headers, and their own places and bytes for whoever puts them aside. One without a time gets the newest before
 * it.
 */
final class UnbundleProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private final RecordBundle records = new RecordBundle();
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private long newest = Long.MIN_VALUE;

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        context = processorContext;
    }

    @Override
    public void process(Record<byte[], byte[]> event) {
        ProcessorContext<byte[], byte[]> next = Objects.requireNonNull(context);
        newest = Math.max(newest, event.timestamp());
        EventBundle bundle = EventBundle.of(event.headers());
        if (bundle == null) {
            next.forward(event);
            return;
        }
        records.clear(); // What an error left.
        for (ConsumerRecord<byte[], byte[]> one : bundle.events()) {
            long time = RecordTime.of(one, newest);
            newest = Math.max(newest, time);
            Record<byte[], byte[]> alone = new Record<>(one.key(), one.value(), time, one.headers());
            records.add(
                    alone,
                    new ProcessorRecordContext(
                            time, one.offset(), one.partition(), one.topic(), alone.headers(), one.key(), one.value()));
        }
        next.forward(event.withHeaders(new RecordHeaders(new Header[] {records})));
        records.clear();
    }
}
