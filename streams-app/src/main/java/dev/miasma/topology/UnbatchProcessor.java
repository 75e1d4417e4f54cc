// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import dev.miasma.score.ScoredBatch;
import dev.miasma.score.ScoredQuery;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Hands on one by one what came over the hop by client together. */
final class UnbatchProcessor implements Processor<String, ScoredBatch, String, ScoredQuery> {
    private @Nullable ProcessorContext<String, ScoredQuery> context;

    @Override
    public void init(ProcessorContext<String, ScoredQuery> processorContext) {
        context = processorContext;
    }

    @Override
    public void process(Record<String, ScoredBatch> batch) {
        ProcessorContext<String, ScoredQuery> next = Objects.requireNonNull(context);
        for (ScoredBatch.Timed timed : batch.value().queries()) {
            long timestamp =
                    timed.timestampMillis() == ScoredBatch.OF_RECORD ? batch.timestamp() : timed.timestampMillis();
            next.forward(new Record<>(timed.query().client(), timed.query(), timestamp, batch.headers()));
        }
    }
}
