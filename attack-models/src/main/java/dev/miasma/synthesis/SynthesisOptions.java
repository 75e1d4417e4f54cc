// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.synthesis;

/**
 * Parameters of Algorithm 1 of Shokri et al. 2017.
 *
 * @param mostChanged k_max: features drawn again in a step at first, at least {@code fewestChanged}
 * @param fewestChanged k_min: at last, at least 1
 * @param mostRejects rej_max: rejections in a row after which k is halved, at least 0
 * @param leastConfidence conf_min: confidence in the class that a record needs, 0 to 1
 * @param mostQueries iter_max: queries after which a record is given up, at least 1
 */
public record SynthesisOptions(
        int mostChanged, int fewestChanged, int mostRejects, double leastConfidence, int mostQueries) {

    /** k from 128 down to 4, 10 rejections, confidence 0.2, 1,000 queries a record. */
    public static final SynthesisOptions DEFAULT = new SynthesisOptions(128, 4, 10, 0.2, 1000);

    public SynthesisOptions {
        if (fewestChanged < 1 || mostChanged < fewestChanged) {
            throw new IllegalArgumentException(
                    "k goes from " + mostChanged + " to " + fewestChanged + "; at least 1, and not upwards, needed");
        }
        if (mostRejects < 0 || mostQueries < 1 || !(leastConfidence >= 0 && leastConfidence <= 1)) {
            throw new IllegalArgumentException("rejections are " + mostRejects + ", queries " + mostQueries
                    + ", confidence " + leastConfidence + "; at least 0, at least 1, and 0 to 1 needed");
        }
    }
}
