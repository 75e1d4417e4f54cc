// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.target.network;

/** A layer with its parameters. The arrays are shared, not copied: constant once made. */
sealed interface Layer permits DenseLayer, ConvolutionLayer {

    /** Length of what comes in. */
    int inputs();

    /** Length of what goes out. */
    int outputs();

    /** The parameters in the order inputs x outputs: one array an input, so that a zero input skips a whole array. */
    float[][] weights();

    /** One a unit or filter. */
    float[] biases();

    /** The same layer with other parameters of the same shape. */
    Layer with(float[][] weights, float[] biases);

    /** What goes out, a fresh array. */
    float[] apply(float[] in);

    /** {@code sums += row * value}, the loop that the compiler turns into vector instructions. */
    static void addScaled(float[] sums, float[] row, float value) {
        for (int o = 0; o < sums.length; o++) {
            sums[o] += row[o] * value;
        }
    }

    /** Refuses parameters of another shape, and such as aren't finite. */
    static void requireParameters(String name, int rows, float[][] weights, float[] biases) {
        if (weights.length != rows || rows == 0 || biases.length == 0) {
            throw new IllegalArgumentException(
                    name + " has " + weights.length + " x " + biases.length + " weights; " + rows + " rows needed");
        }
        requireFinite(name + " biases", biases);
        for (int i = 0; i < rows; i++) {
            if (weights[i].length != biases.length) {
                throw new IllegalArgumentException(name + " weights[" + i + "] are " + weights[i].length + "; "
                        + biases.length + " needed, one a bias");
            }
            requireFinite(name + " weights[" + i + "]", weights[i]);
        }
    }

    private static void requireFinite(String name, float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException(name + "[" + i + "] is " + values[i] + "; a finite number needed");
            }
        }
    }
}
