// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * One measured quantity.
 *
 * @param name in JSON
 * @param what it is, for people
 * @param samples one a round
 * @param unit of the samples; empty for a ratio
 * @param goal it is to reach; null for none
 */
record Figure(
        String name,
        String what,
        Samples samples,
        String unit,
        @Nullable Goal goal) {
    static Figure ratio(String name, String what, Samples samples, Goal goal) {
        return new Figure(name, what, samples, "", goal);
    }

    static Figure ratio(String name, String what, Samples samples) {
        return new Figure(name, what, samples, "", null);
    }

    static Figure of(String name, String what, Samples samples, String unit) {
        return new Figure(name, what, samples, unit, null);
    }

    Figure withGoal(Goal target) {
        return new Figure(name, what, samples, unit, target);
    }

    /** Puts the median under the name, and the rest below {@code details}. */
    void describe(ObjectNode json, ObjectNode details) {
        json.put(name, samples.median());
        samples.describe(details, name);
        ObjectNode own = (ObjectNode) details.get(name);
        own.put("what", what);
        if (!unit.isEmpty()) {
            own.put("unit", unit);
        }
        if (goal != null) {
            goal.describe(own, samples.median());
        }
    }

    /** Cells of a table: what, median, spread, target, mark. */
    String[] cells() {
        return new String[] {
            what + (unit.isEmpty() ? "" : ", " + unit),
            Goal.number(samples.median()),
            samples.values().length == 1 ? "" : Goal.number(samples.least()) + " to " + Goal.number(samples.most()),
            goal == null ? "" : goal.toString(),
            goal == null ? "" : goal.isMetBy(samples.median()) ? "met" : "missed"
        };
    }
}
