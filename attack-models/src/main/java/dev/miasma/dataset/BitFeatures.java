// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import java.util.Arrays;

/**
 * Records of zeros and ones, a bit each.
 *
 * @param words records x (width / 64, rounded up); feature i is bit i % 64 of word i / 64
 * @param width features of a record
 */
@SuppressWarnings("ArrayRecordComponent") // large, and nobody compares them
record BitFeatures(long[][] words, int width) implements Features {

    @Override
    public int size() {
        return words.length;
    }

    @Override
    public void row(int index, double[] out) {
        long[] row = words[index];
        for (int i = 0; i < width; i++) {
            out[i] = row[i >> 6] >>> i & 1;
        }
    }

    @Override
    public Features subset(int[] indices) {
        return new BitFeatures(Arrays.stream(indices).mapToObj(i -> words[i]).toArray(long[][]::new), width);
    }
}
