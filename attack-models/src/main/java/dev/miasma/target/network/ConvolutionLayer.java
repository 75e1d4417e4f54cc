// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.target.network;

import java.util.Arrays;

/**
 * A block of the papers' network for images: convolution of stride 1, ReLU, maximum over squares of 2 x 2. What comes
 * in and goes out is planar: channel by channel, row by row. An odd last row or column is dropped by the pooling.
 *
 * @param channels of the input
 * @param height of the input, in pixels
 * @param width of the input, in pixels
 * @param kernel side of the square that is seen at once, in pixels
 * @param padding zeros added on each side
 * @param weights (channels x kernel x kernel) x filters
 * @param biases filters
 */
@SuppressWarnings("ArrayRecordComponent") // layers are large, and nobody compares them
record ConvolutionLayer(int channels, int height, int width, int kernel, int padding, float[][] weights, float[] biases)
        implements Layer {

    /** Larger images and kernels than this are none of ours; it keeps every product below in an int. */
    static final int LARGEST = 1024;

    ConvolutionLayer {
        requireBetween("channels", channels, 1);
        requireBetween("height", height, 1);
        requireBetween("width", width, 1);
        requireBetween("kernel", kernel, 1);
        requireBetween("padding", padding, 0);
        if ((height + 2 * padding - kernel + 1) / 2 < 1 || (width + 2 * padding - kernel + 1) / 2 < 1) {
            throw new IllegalArgumentException("image is " + height + " x " + width + "; at least " + (kernel + 1)
                    + " each, padding included, needed for a kernel of " + kernel + " and the pooling");
        }
        if ((long) channels * kernel * kernel != weights.length) {
            throw new IllegalArgumentException("convolution has " + weights.length + " rows of weights; "
                    + (long) channels * kernel * kernel + " needed");
        }
        Layer.requireParameters("convolution", weights.length, weights, biases);
    }

    int filters() {
        return biases.length;
    }

    int pooledHeight() {
        return (height + 2 * padding - kernel + 1) / 2;
    }

    int pooledWidth() {
        return (width + 2 * padding - kernel + 1) / 2;
    }

    @Override
    public int inputs() {
        return Math.multiplyExact(channels, height * width);
    }

    @Override
    public int outputs() {
        return Math.multiplyExact(filters(), pooledHeight() * pooledWidth());
    }

    @Override
    public ConvolutionLayer with(float[][] otherWeights, float[] otherBiases) {
        return new ConvolutionLayer(channels, height, width, kernel, padding, otherWeights, otherBiases);
    }

    @Override
    public float[] apply(float[] in) {
        int filters = filters();
        int plane = pooledHeight() * pooledWidth();
        float[] out = new float[filters * plane];
        float[] largest = new float[filters];
        float[] sums = new float[filters];
        for (int y = 0; y < pooledHeight(); y++) {
            for (int x = 0; x < pooledWidth(); x++) {
                // Starting from 0 is the ReLU.
                Arrays.fill(largest, 0);
                for (int corner = 0; corner < 4; corner++) {
                    convolve(in, 2 * y + corner / 2 - padding, 2 * x + corner % 2 - padding, sums);
                    for (int f = 0; f < filters; f++) {
                        largest[f] = Math.max(largest[f], sums[f]);
                    }
                }
                for (int f = 0; f < filters; f++) {
                    out[f * plane + y * pooledWidth() + x] = largest[f];
                }
            }
        }
        return out;
    }

    /** All filters at the square whose upper left corner is (top, left), which may lie outside. */
    private void convolve(float[] in, int top, int left, float[] sums) {
        System.arraycopy(biases, 0, sums, 0, sums.length);
        int fromY = Math.max(0, -top);
        int toY = Math.min(kernel, height - top);
        int fromX = Math.max(0, -left);
        int toX = Math.min(kernel, width - left);
        for (int c = 0; c < channels; c++) {
            for (int ky = fromY; ky < toY; ky++) {
                int row = (c * height + top + ky) * width + left;
                int tap = (c * kernel + ky) * kernel;
                for (int kx = fromX; kx < toX; kx++) {
                    float value = in[row + kx];
                    if (value != 0) {
                        Layer.addScaled(sums, weights[tap + kx], value);
                    }
                }
            }
        }
    }

    private static void requireBetween(String name, int value, int least) {
        if (value < least || value > LARGEST) {
            throw new IllegalArgumentException(name + " is " + value + "; " + least + " to " + LARGEST + " needed");
        }
    }
}
