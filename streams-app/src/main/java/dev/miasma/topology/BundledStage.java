// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorNode;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;
import org.jspecify.annotations.Nullable;

/**
 * A stage that takes the records of a bundle one after the other, each as if it had come alone, and has what comes of them go
 * on to the next stage together. So one stage's code and data stay in the processor's caches for many records, where record
 * after record through all stages would have each push out the other's.
 *
 * <p>A record that the stage fails on is put aside by itself: each goes through Kafka Streams' own node once more, which is
 * where it catches what a stage throws.
 */
final class BundledStage<A, B, C, D> implements Processor<A, B, C, D> {
    private final Processor<A, B, C, D> stage;
    private final @Nullable String child;
    private final Consumer<@Nullable Object> foreseen;
    private final RecordBundle gathered = new RecordBundle();
    private @Nullable InternalProcessorContext<C, D> context;

    /** Whether a bundle is being taken, or a record by itself. */
    private boolean taking;

    private BundledStage(Processor<A, B, C, D> stage, @Nullable String child, Consumer<@Nullable Object> foreseen) {
        this.stage = stage;
        this.child = child;
        this.foreseen = foreseen;
    }

    /** A stage with one next stage, which takes bundles. */
    static <A, B, C, D> Processor<A, B, C, D> gathering(Processor<A, B, C, D> stage) {
        return gathering(stage, GatheringContext.ONLY_CHILD);
    }

    /** A stage with several, of which the one of this name takes bundles; null for none. */
    static <A, B, C, D> Processor<A, B, C, D> gathering(Processor<A, B, C, D> stage, @Nullable String child) {
        return new BundledStage<>(stage, child, value -> {});
    }

    /** A stage whose records go on one by one. */
    static <A, B, C, D> Processor<A, B, C, D> last(Processor<A, B, C, D> stage) {
        return gathering(stage, null);
    }

    /**
     * The same for a stage that may look at all records of a bundle before it takes the first.
     *
     * @param foreseen takes a look at a record's value, of whatever class it is, and does not fail
     */
    static <A, B, C, D> Processor<A, B, C, D> last(Processor<A, B, C, D> stage, Consumer<@Nullable Object> foreseen) {
        return new BundledStage<>(stage, null, foreseen);
    }

    @Override
    public void init(ProcessorContext<C, D> processorContext) {
        context = (InternalProcessorContext<C, D>) processorContext;
        stage.init(child == null ? processorContext : new GatheringContext<>(context, child, this::gather));
    }

    @Override
    public void process(Record<A, B> record) {
        if (taking) {
            processAlone(record);
            return;
        }
        InternalProcessorContext<C, D> here = Objects.requireNonNull(context);
        ProcessorRecordContext place = here.recordContext();
        gathered.clear();
        taking = true;
        try {
            take(record, here);
        } finally {
            taking = false;
            here.setRecordContext(place);
        }
        send();
    }

    /** Kafka Streams does not catch a class cast where it catches the rest, and would give up the whole bundle for one. */
    private void processAlone(Record<A, B> record) {
        try {
            stage.process(record);
        } catch (ClassCastException e) {
            throw new IllegalStateException("a class that the stage does not know", e);
        }
    }

    @SuppressWarnings("unchecked") // The node is this stage's own, and so are the records of a bundle sent to it.
    private void take(Record<A, B> record, InternalProcessorContext<C, D> here) {
        ProcessorNode<A, B, ?, ?> node = (ProcessorNode<A, B, ?, ?>) here.currentNode();
        RecordBundle bundle = RecordBundle.of(record.headers());
        if (bundle == null) {
            node.process(record);
            return;
        }
        for (int i = 0; i < bundle.size(); i++) {
            foreseen.accept(bundle.record(i).value());
        }
        for (int i = 0; i < bundle.size(); i++) {
            here.setRecordContext(bundle.place(i));
            node.process((Record<A, B>) bundle.record(i));
        }
    }

    private boolean gather(Record<?, ?> record) {
        if (!taking) {
            return false;
        }
        gathered.add(record, placeOf(record));
        if (gathered.size() == RecordBundle.MOST_GATHERED) {
            send();
        }
        return true;
    }

    /** As Kafka Streams has it for a record that is forwarded: where the event stands, with the record's own time. */
    private ProcessorRecordContext placeOf(Record<?, ?> record) {
        ProcessorRecordContext event = Objects.requireNonNull(context).recordContext();
        return new ProcessorRecordContext(
                record.timestamp(),
                event.offset(),
                event.partition(),
                event.topic(),
                record.headers(),
                event.sourceRawKey(),
                event.sourceRawValue());
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // No key and no value; what has them is in the header.
    private void send() {
        if (gathered.size() == 0) {
            return;
        }
        Record<C, D> together =
                new Record<>(null, null, gathered.record(0).timestamp(), new RecordHeaders(new Header[] {gathered}));
        InternalProcessorContext<C, D> next = Objects.requireNonNull(context);
        if (GatheringContext.ONLY_CHILD.equals(child)) {
            next.forward(together);
        } else {
            next.forward(together, child);
        }
        gathered.clear();
    }

    @Override
    public void close() {
        stage.close();
    }
}
