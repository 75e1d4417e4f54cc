// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * A processor that is called by the wall clock as well. Kafka Streams keeps these calls when a task is suspended and
 * resumed, or is corrupted and revived, and initialises the same processor again: so they end with {@link #close}, or
 * the old ones would go on beside the new ones, with what they knew before.
 */
abstract class ClockedProcessor<A, B, C, D> implements Processor<A, B, C, D> {
    private final List<Cancellable> calls = new ArrayList<>();

    /** Has a punctuator called every interval from now on. */
    final void every(Duration interval, ProcessorContext<?, ?> context, Punctuator called) {
        calls.add(context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, called));
    }

    @Override
    public void close() {
        calls.forEach(Cancellable::cancel);
        calls.clear();
    }
}
