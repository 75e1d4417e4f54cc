// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.target.network;

import java.util.List;
import java.util.Random;

/**
 * A feed-forward network: its shape and its parameters, float32. Immutable and thread-safe; its last layer gives
 * logits.
 */
public final class Network {

    /** Side of the convolutions' kernels, in pixels. */
    private static final int KERNEL = 5;

    private static final int FILTERS = 32;

    private final List<Layer> layers;

    /**
     * @param layers each as wide as the one before it is long, the last one dense and without activation
     */
    Network(List<Layer> layers) {
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("layers are 0; at least 1 needed");
        }
        for (int i = 1; i < layers.size(); i++) {
            if (layers.get(i).inputs() != layers.get(i - 1).outputs()) {
                throw new IllegalArgumentException(
                        "layer " + i + " takes " + layers.get(i).inputs() + " values; "
                                + layers.get(i - 1).outputs() + " needed");
            }
        }
        if (!(layers.getLast() instanceof DenseLayer last) || last.activation() != Activation.NONE) {
            throw new IllegalArgumentException("the last layer isn't dense without activation; it gives the logits");
        }
        this.layers = List.copyOf(layers);
    }

    /**
     * The papers' fully connected network, untrained: one hidden layer (Shokri et al. 2017, section VI.B: 128 units,
     * tanh; ML-Leaks, Salem et al. 2019, section III.A: the same). Weights are Glorot-uniform, biases 0.
     *
     * @param inputs number of features, at least 1
     * @param hidden number of hidden units, at least 1
     * @param activation of the hidden units
     * @param outputs number of classes, at least 1
     * @param seed of the weights
     */
    public static Network fullyConnected(int inputs, int hidden, Activation activation, int outputs, long seed) {
        Random random = new Random(seed);
        return new Network(
                List.of(dense(inputs, hidden, activation, random), dense(hidden, outputs, Activation.NONE, random)));
    }

    /**
     * The papers' network for images, untrained: two blocks of 32 filters of 5 x 5, ReLU and 2 x 2 maximum pooling, the
     * first padded to keep the size and the second not, then a fully connected layer of tanh units (as in the code
     * released with ML-Leaks; Shokri et al. 2017, section VI.B describes the same layers).
     *
     * @param channels planes of the image, 3 for colours
     * @param height in pixels, at least 12
     * @param width in pixels, at least 12
     * @param hidden units of the fully connected layer, 128 in the papers
     * @param outputs number of classes
     * @param seed of the weights
     */
    public static Network convolutional(int channels, int height, int width, int hidden, int outputs, long seed) {
        Random random = new Random(seed);
        ConvolutionLayer first = convolution(channels, height, width, KERNEL / 2, random);
        ConvolutionLayer second = convolution(FILTERS, first.pooledHeight(), first.pooledWidth(), 0, random);
        return new Network(List.of(
                first,
                second,
                dense(second.outputs(), hidden, Activation.TANH, random),
                dense(hidden, outputs, Activation.NONE, random)));
    }

    /** Number of features of a record. */
    public int inputs() {
        return layers.getFirst().inputs();
    }

    /** Number of logits. */
    public int outputs() {
        return layers.getLast().outputs();
    }

    /** A copy of a dense layer's weights, inputs x outputs. */
    public float[][] weights(int layer) {
        float[][] copy = layers.get(layer).weights().clone();
        for (int i = 0; i < copy.length; i++) {
            copy[i] = copy[i].clone();
        }
        return copy;
    }

    /** A copy of a layer's biases. */
    public float[] biases(int layer) {
        return layers.get(layer).biases().clone();
    }

    /**
     * The logits of one record, a fresh array.
     *
     * @throws IllegalArgumentException if the record hasn't {@link #inputs()} features
     */
    public float[] logits(double[] x) {
        if (x.length != inputs()) {
            throw new IllegalArgumentException("record has " + x.length + " features; " + inputs() + " needed");
        }
        float[] values = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            values[i] = (float) x[i];
        }
        for (Layer layer : layers) {
            values = layer.apply(values);
        }
        return values;
    }

    List<Layer> layers() {
        return layers;
    }

    private static DenseLayer dense(int inputs, int outputs, Activation activation, Random random) {
        return new DenseLayer(glorot(inputs, outputs, inputs + outputs, 6, random), new float[outputs], activation);
    }

    private static ConvolutionLayer convolution(int channels, int height, int width, int padding, Random random) {
        int taps = channels * KERNEL * KERNEL;
        int fans = (channels + FILTERS) * KERNEL * KERNEL;
        // Gain sqrt 2 for ReLU.
        return new ConvolutionLayer(
                channels, height, width, KERNEL, padding, glorot(taps, FILTERS, fans, 12, random), new float[FILTERS]);
    }

    /** Glorot and Bengio 2010, equation 16: uniform in +-sqrt(numerator / fans). */
    private static float[][] glorot(int rows, int columns, int fans, double numerator, Random random) {
        double limit = Math.sqrt(numerator / fans);
        float[][] weights = new float[rows][columns];
        for (float[] row : weights) {
            for (int o = 0; o < columns; o++) {
                row[o] = (float) ((2 * random.nextDouble() - 1) * limit);
            }
        }
        return weights;
    }
}
