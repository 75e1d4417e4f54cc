// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import java.util.Arrays;

/**
 * Records that are mostly zeros.
 *
 * @param indices records x their non-zero features, ascending
 * @param values records x the values of those
 * @param width features of a record
 */
@SuppressWarnings("ArrayRecordComponent") // large, and nobody compares them
record SparseFeatures(int[][] indices, double[][] values, int width) implements Features {

    @Override
    public int size() {
        return indices.length;
    }

    @Override
    public void row(int index, double[] out) {
        Arrays.fill(out, 0, width, 0);
        int[] where = indices[index];
        double[] what = values[index];
        for (int k = 0; k < where.length; k++) {
            out[where[k]] = what[k];
        }
    }

    @Override
    public Features subset(int[] chosen) {
        return new SparseFeatures(
                Arrays.stream(chosen).mapToObj(i -> indices[i]).toArray(int[][]::new),
                Arrays.stream(chosen).mapToObj(i -> values[i]).toArray(double[][]::new),
                width);
    }
}
