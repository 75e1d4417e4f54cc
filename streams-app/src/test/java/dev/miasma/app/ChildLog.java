// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import java.util.List;
import java.util.function.Supplier;
import org.awaitility.core.ConditionEvaluationListener;
import org.awaitility.core.EvaluatedCondition;
import org.awaitility.core.TimeoutEvent;

/** Prints what processes have logged, where they stand, and what else there is to tell, when a test has waited in vain. */
record ChildLog(List<ChildJvm> processes, Supplier<String> more) implements ConditionEvaluationListener<Object> {
    ChildLog(ChildJvm process) {
        this(List.of(process), () -> "");
    }

    @Override
    public void conditionEvaluated(EvaluatedCondition<Object> condition) {
        // Only the end is of interest.
    }

    @Override
    public void onTimeout(TimeoutEvent timeout) {
        for (ChildJvm process : processes) {
            System.err.println("waited in vain for this process:\n" + process.err() + process.streamThreads());
        }
        System.err.println(more.get());
    }
}
