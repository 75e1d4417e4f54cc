// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import java.util.Arrays;

/**
 * Records as numbers.
 *
 * @param rows records x features
 */
@SuppressWarnings("ArrayRecordComponent") // large, and nobody compares them
record DenseFeatures(double[][] rows) implements Features {

    @Override
    public int size() {
        return rows.length;
    }

    @Override
    public int width() {
        return rows.length == 0 ? 0 : rows[0].length;
    }

    @Override
    public void row(int index, double[] out) {
        System.arraycopy(rows[index], 0, out, 0, rows[index].length);
    }

    @Override
    public double[] row(int index) {
        return rows[index];
    }

    @Override
    public double[][] toArray() {
        return rows;
    }

    @Override
    public Features subset(int[] indices) {
        return new DenseFeatures(Arrays.stream(indices).mapToObj(i -> rows[i]).toArray(double[][]::new));
    }
}
