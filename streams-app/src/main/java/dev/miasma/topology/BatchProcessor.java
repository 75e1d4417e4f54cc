// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import dev.miasma.score.ScoredBatch;
import dev.miasma.score.ScoredQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorNode;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the scored queries for each partition of the hop by client and sends them as one record, when that is full or the
 * transaction is about to end. Readers of committed records see them no later for it.
 */
final class BatchProcessor implements Processor<String, ScoredQuery, String, ScoredBatch> {
    private final HopPartitioner partitioner;

    /** For each partition what was gathered for it. */
    private final List<ScoredBatch.Builder> gathered = new ArrayList<>();

    private @Nullable InternalProcessorContext<String, ScoredBatch> context;
    private @Nullable ProcessorNode<?, ?, ?, ?> node;
    private @Nullable ProcessorRecordContext last;

    /** @param partitioner of the hop, shared by all tasks */
    BatchProcessor(HopPartitioner partitioner) {
        this.partitioner = partitioner;
    }

    @Override
    public void init(ProcessorContext<String, ScoredBatch> processorContext) {
        context = (InternalProcessorContext<String, ScoredBatch>) processorContext;
        node = context.currentNode();
        BatchStore store = processorContext.getStateStore(BatchStore.NAME);
        store.beforeCommit(this::sendAll);
    }

    @Override
    public void process(Record<String, ScoredQuery> scored) {
        ScoredQuery query = scored.value();
        int partition = partitioner.partitionOf(query.client());
        if (partition == HopPartitioner.UNKNOWN) {
            send(new ScoredBatch(List.of(new ScoredBatch.Timed(query, scored.timestamp()))));
            return;
        }
        ScoredBatch.Builder batch = builder(partition);
        if (!batch.add(query, scored.timestamp())) {
            send(batch.take());
            batch.add(query, scored.timestamp());
        }
        last = context().recordContext();
    }

    private ScoredBatch.Builder builder(int partition) {
        while (gathered.size() <= partition) {
            gathered.add(new ScoredBatch.Builder());
        }
        return gathered.get(partition);
    }

    /** Under the key of the first, which is as good as any: all have the same partition. */
    private void send(ScoredBatch batch) {
        ScoredBatch.Timed newest = batch.queries().getLast();
        String client = batch.queries().getFirst().query().client();
        context().forward(new Record<>(client, batch, newest.timestampMillis()));
    }

    /** Called by the store, outside of any record and node: what is sent is sent as from here. */
    private void sendAll() {
        InternalProcessorContext<String, ScoredBatch> here = context();
        ProcessorNode<?, ?, ?, ?> nodeBefore = here.currentNode();
        ProcessorRecordContext recordBefore = here.recordContext();
        here.setCurrentNode(node);
        here.setRecordContext(last);
        try {
            for (ScoredBatch.Builder batch : gathered) {
                if (!batch.isEmpty()) {
                    send(batch.take());
                }
            }
        } finally {
            here.setCurrentNode(nodeBefore);
            here.setRecordContext(recordBefore);
        }
    }

    private InternalProcessorContext<String, ScoredBatch> context() {
        return Objects.requireNonNull(context);
    }

    /** What a task that ends has not sent is read again by the next one. */
    @Override
    public void close() {
        gathered.clear();
    }
}
