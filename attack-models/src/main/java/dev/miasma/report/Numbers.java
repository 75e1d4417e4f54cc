// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import dev.miasma.evaluation.Interval;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Figures as text, the same on every machine. */
final class Numbers {

    /** What stands where the sample can't resolve a figure. */
    static final String NONE = "n/a";

    private Numbers() {}

    /** 0.87109 as "0.8711". */
    static String four(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    static String four(OptionalDouble value) {
        return value.isPresent() ? four(value.getAsDouble()) : NONE;
    }

    /** "0.8552 to 0.8864", or nothing. */
    static String four(Optional<Interval> interval) {
        return interval.map(i -> four(i.low()) + " to " + four(i.high())).orElse("");
    }

    /** 0.0644 as "6.4 %", 0.00064 as "0.06 %". */
    static String percent(double share) {
        double percent = 100 * share;
        int digits = percent == 0 || percent >= 1 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + digits + "f %%", percent);
    }

    static String percent(OptionalDouble share) {
        return share.isPresent() ? percent(share.getAsDouble()) : NONE;
    }

    static String percent(Interval interval) {
        return percent(interval.low()) + " to " + percent(interval.high());
    }

    /** 12345 as "12,345". */
    static String count(int value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A coordinate in an SVG. */
    static String pixel(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
