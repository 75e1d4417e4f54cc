// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.alert;

import java.time.Duration;
import java.util.Objects;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Sends alerts, and has the transaction end that they are in.
 *
 * @param <V> what comes in
 */
public abstract class PromptProcessor<V> implements Processor<String, V, String, byte[]> {
    private final CommitPace pace;
    private @Nullable ProcessorContext<String, byte[]> context;
    private @Nullable Commit commit;

    /**
     * Has the transaction of a task end as soon as its pace allows, for somebody who waits for what is in it: readers of
     * committed records see that only then, and the commit interval is made for the states, which want few commits.
     */
    public static final class Commit {
        private final CommitPace pace;
        private final ProcessorContext<?, ?> context;
        private @Nullable Cancellable due;

        /** When the newest of what waits was asked for, by the wall clock. */
        private long askedMillis;

        /** Time of the newest query that is waited for: an old one beside it must not make it late. */
        private long queryMillis;

        /**
         * @param pace shared by all tasks
         * @param context of the task
         */
        public Commit(CommitPace pace, ProcessorContext<?, ?> context) {
            this.pace = pace;
            this.context = context;
        }

        /**
         * Asks for a commit, at once or soon.
         *
         * @param time of the query that is waited for, in milliseconds
         */
        public void ask(long time) {
            queryMillis = due == null ? time : Math.max(queryMillis, time);
            askedMillis = context.currentSystemTimeMs();
            if (due == null) {
                commitAtItsTime();
            }
        }

        private void commitAtItsTime() {
            long wait = pace.waitMillis(context.currentSystemTimeMs(), queryMillis);
            if (wait == 0) {
                pace.ends(context.currentSystemTimeMs());
                context.commit();
            } else if (wait != CommitPace.NEVER) {
                due = context.schedule(Duration.ofMillis(wait), PunctuationType.WALL_CLOCK_TIME, time -> itIsDue());
            }
        }

        /**
         * Another task's commit may have taken all along by now, or some of it. One more right behind it would have to wait
         * until the broker is done with the first.
         */
        private void itIsDue() {
            cancel();
            if (!pace.hasEndedSince(askedMillis)) {
                commitAtItsTime();
            }
        }

        /** A task that is revived keeps its calls by the clock: what is due has to end with its life. */
        public void cancel() {
            Cancellable waiting = due;
            if (waiting != null) {
                waiting.cancel();
                due = null;
            }
        }
    }

    /** @param pace shared by all tasks */
    PromptProcessor(CommitPace pace) {
        this.pace = pace;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> processorContext) {
        context = processorContext;
        commit = new Commit(pace, processorContext);
    }

    @Override
    public void close() {
        if (commit != null) {
            commit.cancel();
        }
    }

    final ProcessorContext<String, byte[]> context() {
        return Objects.requireNonNull(context);
    }

    /**
     * Sends an alert.
     *
     * @param node that takes it; null for all
     */
    final void sendPromptly(Record<String, byte[]> alert, @Nullable String node) {
        context().forward(alert, node);
        Objects.requireNonNull(commit).ask(alert.timestamp());
    }
}
