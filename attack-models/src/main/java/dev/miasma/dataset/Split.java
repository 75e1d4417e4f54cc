// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Disjoint parts of a data set, drawn by a seeded shuffle: the same seed gives the same parts on every machine.
 *
 * @param parts in the order asked for
 */
public record Split(List<Dataset> parts) {

    public Split {
        parts = List.copyOf(parts);
    }

    /**
     * Shuffles and cuts; records left over belong to no part.
     *
     * @param sizes of the parts, their sum at most the data set's size
     */
    public static Split of(Dataset dataset, long seed, int... sizes) {
        int total = Arrays.stream(sizes).sum();
        if (total > dataset.size() || Arrays.stream(sizes).anyMatch(size -> size < 0)) {
            throw new IllegalArgumentException("split sizes are " + Arrays.toString(sizes) + "; at least 0 each and "
                    + dataset.size() + " together, the size of " + dataset.name() + ", needed");
        }
        int[] order = shuffled(dataset.size(), seed);
        List<Dataset> parts = new ArrayList<>();
        int from = 0;
        for (int size : sizes) {
            parts.add(dataset.subset(Arrays.copyOfRange(order, from, from + size)));
            from += size;
        }
        return new Split(parts);
    }

    /** Four equal parts, as ML-Leaks cuts a data set: target in, target out, shadow in, shadow out. */
    public static Split quarters(Dataset dataset, long seed) {
        int quarter = dataset.size() / 4;
        return of(dataset, seed, quarter, quarter, quarter, quarter);
    }

    /** A part, counted from 0. */
    public Dataset part(int index) {
        return parts.get(index);
    }

    /**
     * The numbers 0 to n - 1 in an order that depends on the seed only (Fisher and Yates; java.util.Random, whose
     * algorithm is specified).
     */
    public static int[] shuffled(int n, long seed) {
        int[] order = new int[n];
        Arrays.setAll(order, i -> i);
        Random random = new Random(seed);
        for (int i = n - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }
}
