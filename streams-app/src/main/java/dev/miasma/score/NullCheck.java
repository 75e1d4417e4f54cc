// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Whether the live scores of a window look as the calibration's null says.
 *
 * @param verdict over all cuts
 * @param largestRatio the largest live share at or above a cut over its bound; 0 without queries
 * @param queries scored first sights behind it
 * @see dev.miasma.attack.NullDrift
 */
public record NullCheck(Verdict verdict, double largestRatio, long queries) {

    /** What a window says of the null. */
    public enum Verdict {
        /** Within the bounds, and not far within. */
        HOLDS,
        /** More high scores than the bounds allow. */
        ABOVE,
        /** Fewer high scores than the calibration had. */
        BELOW,
        /** Too few queries to say. */
        UNKNOWN;

        /** The name in metrics. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** All names. */
        public static List<String> codes() {
            return Arrays.stream(values()).map(Verdict::code).toList();
        }
    }
}
