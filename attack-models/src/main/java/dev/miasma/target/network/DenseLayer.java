// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.target.network;

/**
 * A fully connected layer: activation(in W + b).
 *
 * @param weights inputs x outputs
 * @param biases outputs
 * @param activation what follows
 */
@SuppressWarnings("ArrayRecordComponent") // layers are large, and nobody compares them
record DenseLayer(float[][] weights, float[] biases, Activation activation) implements Layer {

    DenseLayer {
        Layer.requireParameters("dense layer", weights.length, weights, biases);
    }

    @Override
    public int inputs() {
        return weights.length;
    }

    @Override
    public int outputs() {
        return biases.length;
    }

    @Override
    public DenseLayer with(float[][] otherWeights, float[] otherBiases) {
        return new DenseLayer(otherWeights, otherBiases, activation);
    }

    @Override
    public float[] apply(float[] in) {
        float[] sums = biases.clone();
        for (int i = 0; i < in.length; i++) {
            float value = in[i];
            // Records of the papers' sets are mostly zeros.
            if (value != 0) {
                Layer.addScaled(sums, weights[i], value);
            }
        }
        activation.apply(sums);
        return sums;
    }
}
