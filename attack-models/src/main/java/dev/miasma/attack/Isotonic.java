// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

/**
 * Weighted isotonic regression by pooling adjacent violators (Barlow, Bartholomew, Bremner and Brunk, "Statistical
 * Inference under Order Restrictions", 1972).
 */
final class Isotonic {

    private Isotonic() {}

    /**
     * The nondecreasing sequence nearest to y in weighted least squares. It keeps the weighted mean.
     *
     * @param y values
     * @param weights as many, above 0
     * @return as many fitted values
     */
    static double[] increasing(double[] y, double[] weights) {
        int n = y.length;
        double[] sum = new double[n];
        double[] weight = new double[n];
        int[] size = new int[n];
        int blocks = 0;
        for (int i = 0; i < n; i++) {
            sum[blocks] = y[i] * weights[i];
            weight[blocks] = weights[i];
            size[blocks] = 1;
            while (blocks > 0 && sum[blocks - 1] / weight[blocks - 1] >= sum[blocks] / weight[blocks]) {
                sum[blocks - 1] += sum[blocks];
                weight[blocks - 1] += weight[blocks];
                size[blocks - 1] += size[blocks];
                blocks--;
            }
            blocks++;
        }
        double[] fitted = new double[n];
        int next = 0;
        for (int b = 0; b < blocks; b++) {
            for (int i = 0; i < size[b]; i++) {
                fitted[next++] = sum[b] / weight[b];
            }
        }
        return fitted;
    }
}
