// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import java.util.DoubleSummaryStatistics;
import java.util.Locale;

/**
 * A stretch of the shares from 0 to 1.
 *
 * @param low where it begins
 * @param high where it ends
 * @param step from tick to tick; the stretch is a multiple of it
 */
record Axis(double low, double high, double step) {

    private static final double SLACK = 1e-9;
    /** So that a small difference doesn't look large. */
    private static final int FEWEST_STEPS = 3;

    /** For bars, whose length is the value: from 0 to just above the largest. */
    static Axis fromZero(DoubleSummaryStatistics values) {
        double high = values.getCount() == 0 ? 1 : Math.clamp(values.getMax(), 0.1, 1);
        double step = high > 0.5 ? 0.2 : high > 0.2 ? 0.1 : 0.05;
        return new Axis(0, up(high, step), step);
    }

    /** For positions: as much as there are values in, a bit more if they lie close together. */
    static Axis around(DoubleSummaryStatistics values) {
        double low = values.getCount() == 0 ? 0 : Math.clamp(values.getMin(), 0, 1);
        double high = values.getCount() == 0 ? 1 : Math.clamp(values.getMax(), low, 1);
        double step = high - low > 0.5 ? 0.2 : 0.1;
        low = down(low, step);
        high = up(high, step);
        for (boolean below = true; high - low < FEWEST_STEPS * step - SLACK; below = !below) {
            if (below) {
                low = Math.max(0, low - step);
            } else {
                high = Math.min(1, high + step);
            }
        }
        return new Axis(low, high, step);
    }

    private static double up(double value, double step) {
        return Math.ceil(value / step - SLACK) * step;
    }

    private static double down(double value, double step) {
        return Math.floor(value / step + SLACK) * step;
    }

    int steps() {
        return (int) Math.round((high - low) / step);
    }

    /** The i-th tick, from 0. */
    double tick(int i) {
        return low + i * step;
    }

    String text(int i) {
        return String.format(Locale.ROOT, step < 0.1 ? "%.2f" : "%.1f", tick(i));
    }

    /** Where a value lies between two pixels; values outside lie at an end. */
    double at(double value, double from, double to) {
        return from + Math.clamp((value - low) / (high - low), 0, 1) * (to - from);
    }
}
