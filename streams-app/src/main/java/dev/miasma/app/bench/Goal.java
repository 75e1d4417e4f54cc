// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * What a figure is to reach.
 *
 * @param bound to be reached or not exceeded
 * @param atLeast whether the bound is the least, not the most
 */
record Goal(double bound, boolean atLeast) {
    static Goal atLeast(double bound) {
        return new Goal(bound, true);
    }

    static Goal atMost(double bound) {
        return new Goal(bound, false);
    }

    boolean isMetBy(double value) {
        return atLeast ? value >= bound : value <= bound;
    }

    void describe(ObjectNode json, double value) {
        json.put("target", (atLeast ? ">= " : "<= ") + number(bound)).put("met", isMetBy(value));
    }

    @Override
    public String toString() {
        return (atLeast ? ">= " : "<= ") + number(bound);
    }

    /** Three digits, without zeros that say nothing. */
    static String number(double value) {
        if (value == Math.rint(value) || Math.abs(value) >= 100) {
            return String.format(Locale.ROOT, "%,d", Math.round(value));
        }
        return String.format(Locale.ROOT, "%.3g", value);
    }
}
