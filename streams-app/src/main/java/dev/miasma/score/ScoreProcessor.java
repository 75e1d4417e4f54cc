// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import dev.miasma.decode.Decoded;
import dev.miasma.decode.Prediction;
import java.util.Objects;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Feeds the scorer; what it scored goes on, keyed by client and without the event's headers. */
public final class ScoreProcessor implements Processor<String, Decoded, String, ScoredQuery> {
    private final QueryScorer scorer;
    private @Nullable ProcessorContext<String, ScoredQuery> context;

    /** A processor for one task. */
    public ScoreProcessor(QueryScorer scorer) {
        this.scorer = scorer;
    }

    @Override
    public void init(ProcessorContext<String, ScoredQuery> processorContext) {
        context = processorContext;
    }

    @Override
    public void process(Record<String, Decoded> decoded) {
        ScoredQuery query = scorer.score((Prediction) decoded.value());
        if (query != null) {
            // Fresh headers: what a client sent along must not travel through our topics.
            Objects.requireNonNull(context)
                    .forward(new Record<>(query.client(), query, decoded.timestamp(), new RecordHeaders()));
        }
    }
}
