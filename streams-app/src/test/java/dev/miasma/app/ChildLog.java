// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import org.awaitility.core.ConditionEvaluationListener;
import org.awaitility.core.EvaluatedCondition;
import org.awaitility.core.TimeoutEvent;

/** Prints the log of a process whose test has waited in vain. */
record ChildLog(ChildJvm process) implements ConditionEvaluationListener<Object> {
    @Override
    public void conditionEvaluated(EvaluatedCondition<Object> condition) {
        // Only the end is of interest.
    }

    @Override
    public void onTimeout(TimeoutEvent timeout) {
        System.err.println("waited in vain for this process:\n" + process.err());
    }
}
