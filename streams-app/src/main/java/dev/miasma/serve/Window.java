// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import org.jspecify.annotations.Nullable;

/**
 * The weights of recent answers behind a leak lift; those of several instances add up.
 *
 * @param answers of all answers
 * @param flagged of the flagged ones
 * @param expected of those flagged if nobody asked about a member
 */
public record Window(double answers, double flagged, double expected) {
    /** The 97.5 % point of the normal distribution. */
    private static final double Z = 1.959963984540054;

    Window plus(Window other) {
        return new Window(answers + other.answers, flagged + other.flagged, expected + other.expected);
    }

    @Nullable
    Double lift() {
        return Json.known(flagged / expected);
    }

    @Nullable
    Double flaggedShare() {
        return Json.known(flagged / answers);
    }

    @Nullable
    Double liftLow() {
        return Json.known(Math.max(0, middle() - half()) * answers / expected);
    }

    @Nullable
    Double liftHigh() {
        return Json.known(Math.min(1, middle() + half()) * answers / expected);
    }

    /**
     * Middle of the interval of Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", 1927. Its
     * number of answers is their weight, about half of what an exponential window is worth, so it is rather too wide.
     */
    private double middle() {
        return (flagged + Z * Z / 2) / (answers + Z * Z);
    }

    private double half() {
        double share = flagged / answers;
        return Z / (answers + Z * Z) * Math.sqrt(answers * share * (1 - share) + Z * Z / 4);
    }
}
