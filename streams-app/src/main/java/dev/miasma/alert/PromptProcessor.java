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
 * Sends alerts, and has the transaction end that they are in: readers of committed records see them only then, and the
 * commit interval is made for the states, which want few commits.
 *
 * @param <V> what comes in
 */
abstract class PromptProcessor<V> implements Processor<String, V, String, byte[]> {
    private final CommitPace pace;
    private @Nullable ProcessorContext<String, byte[]> context;
    private @Nullable Cancellable due;

    /** @param pace shared by all tasks */
    PromptProcessor(CommitPace pace) {
        this.pace = pace;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> processorContext) {
        context = processorContext;
    }

    /** A task that is revived keeps its calls by the clock and initialises this again: what was due ends with its life. */
    @Override
    public void close() {
        cancelDue();
    }

    private void cancelDue() {
        Cancellable waiting = due;
        if (waiting != null) {
            waiting.cancel();
            due = null;
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
        if (due != null) {
            return;
        }
        long wait = pace.waitMillis(context().currentSystemTimeMs());
        if (wait == 0) {
            commit();
        } else {
            due = context().schedule(Duration.ofMillis(wait), PunctuationType.WALL_CLOCK_TIME, time -> {
                cancelDue();
                commit();
            });
        }
    }

    private void commit() {
        pace.ends(context().currentSystemTimeMs());
        context().commit();
    }
}
