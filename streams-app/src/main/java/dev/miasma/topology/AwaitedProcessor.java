// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import dev.miasma.alert.CommitPace;
import dev.miasma.alert.PromptProcessor;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Another processor for whose outcomes somebody waits: the stages behind a hop, or the readers of sanitised predictions. So
 * their transactions end soon, but for those of a backlog, which is done with sooner by fewer of them.
 */
final class AwaitedProcessor<A, B, C, D> implements Processor<A, B, C, D> {
    private final Processor<A, B, C, D> inner;
    private final CommitPace pace;
    private PromptProcessor.@Nullable Commit commit;

    /**
     * @param inner that does the work
     * @param pace shared by all tasks
     */
    AwaitedProcessor(Processor<A, B, C, D> inner, CommitPace pace) {
        this.inner = inner;
        this.pace = pace;
    }

    @Override
    public void init(ProcessorContext<C, D> context) {
        inner.init(context);
        commit = new PromptProcessor.Commit(pace, context);
    }

    @Override
    public void process(Record<A, B> record) {
        inner.process(record);
        Objects.requireNonNull(commit).ask(record.timestamp());
    }

    @Override
    public void close() {
        if (commit != null) {
            commit.cancel();
        }
        inner.close();
    }
}
