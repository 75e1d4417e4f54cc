// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.training;

import dev.miasma.dataset.PosteriorSet;
import dev.miasma.dataset.Split;
import java.util.Arrays;

/**
 * A set of answers cut in two by a seeded shuffle.
 *
 * @param first floor(n / 2) records, to fit on
 * @param second the others, to calibrate and evaluate on
 */
record Halves(PosteriorSet first, PosteriorSet second) {

    static Halves of(String name, PosteriorSet set, long seed) {
        if (set.size() < 2) {
            throw new IllegalArgumentException(name + " are " + set.size() + "; at least 2 needed");
        }
        int[] order = Split.shuffled(set.size(), seed);
        int half = order.length / 2;
        return new Halves(
                set.subset(Arrays.copyOf(order, half)), set.subset(Arrays.copyOfRange(order, half, order.length)));
    }
}
