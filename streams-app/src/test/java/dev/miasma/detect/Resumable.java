// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * A processor whose task is suspended and resumed before the next record, on request: Kafka Streams then closes it and
 * initialises it again, and keeps the calls by the wall clock that it asked for.
 */
final class Resumable<I, O> implements Processor<String, I, String, O> {
    private final Processor<String, I, String, O> processor;
    private @Nullable ProcessorContext<String, O> context;
    private final AtomicBoolean wanted;

    /**
     * @param wanted set when the next record is to find the task resumed
     */
    Resumable(Processor<String, I, String, O> processor, AtomicBoolean wanted) {
        this.processor = processor;
        this.wanted = wanted;
    }

    @Override
    public void init(ProcessorContext<String, O> processorContext) {
        context = processorContext;
        processor.init(processorContext);
    }

    @Override
    public void process(Record<String, I> record) {
        if (wanted.getAndSet(false)) {
            processor.close();
            processor.init(Objects.requireNonNull(context));
        }
        processor.process(record);
    }

    @Override
    public void close() {
        processor.close();
    }
}
