// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.evaluation;

/**
 * A range of values of a figure.
 *
 * @param low its lower end
 * @param high its upper end, at least {@code low}
 */
public record Interval(double low, double high) {

    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("interval is " + low + " to " + high + "; ascending ends needed");
        }
    }

    /** Whether a value is inside, the ends included. */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }
}
