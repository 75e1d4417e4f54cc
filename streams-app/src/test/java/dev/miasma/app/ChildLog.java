// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import java.util.List;
import org.awaitility.core.ConditionEvaluationListener;
import org.awaitility.core.EvaluatedCondition;
import org.awaitility.core.TimeoutEvent;
import org.jspecify.annotations.Nullable;

/** Prints what processes have logged and where they stand, and what the broker knows of their group, when a test has waited in vain. */
record ChildLog(List<ChildJvm> processes, @Nullable GroupProgress group)
        implements ConditionEvaluationListener<Object> {
    ChildLog(ChildJvm process) {
        this(List.of(process), null);
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
        if (group != null) {
            System.err.println(group.describe());
        }
    }
}
