// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;
import org.jspecify.annotations.Nullable;

/**
 * Hands on the events of a bundle one by one, each as if it had come alone: with its own time and headers, and its own place
 * and bytes for whoever puts it aside. A stage of its own before the one that decodes, so that an event on which that fails
 * takes none of its bundle along. One without a time gets the newest before it in its bundle.
 */
final class UnbundleProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private @Nullable InternalProcessorContext<byte[], byte[]> context;

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        context = (InternalProcessorContext<byte[], byte[]>) processorContext;
    }

    @Override
    public void process(Record<byte[], byte[]> event) {
        InternalProcessorContext<byte[], byte[]> next = Objects.requireNonNull(context);
        EventBundle bundle = EventBundle.of(event.headers());
        if (bundle == null) {
            next.forward(event);
            return;
        }
        ProcessorRecordContext ofBundle = next.recordContext();
        long newest = event.timestamp();
        try {
            for (ConsumerRecord<byte[], byte[]> one : bundle.events()) {
                long time = RecordTime.of(one, newest);
                newest = Math.max(newest, time);
                Record<byte[], byte[]> alone = new Record<>(one.key(), one.value(), time, one.headers());
                next.setRecordContext(new ProcessorRecordContext(
                        time, one.offset(), one.partition(), one.topic(), alone.headers(), one.key(), one.value()));
                next.forward(alone);
            }
        } finally {
            next.setRecordContext(ofBundle);
        }
    }
}
