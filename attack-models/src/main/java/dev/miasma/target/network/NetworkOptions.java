// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.target.network;

/**
 * How a network is trained: Adam on the mean cross-entropy of each batch.
 *
 * @param epochs passes over the records, at least 1
 * @param batch records a step, at least 1
 * @param learningRate above 0
 * @param l2 adds l2 x (sum of squared weights, biases free) to the loss, at least 0
 * @param inputDropout share of the inputs set to 0 in each step, in [0, 1)
 * @param hiddenDropout share of each hidden layer's outputs set to 0 in each step, in [0, 1); images lose none before
 *     their first dense layer
 * @param patience stops after so many epochs without a lower loss on a held-out tenth of the records, and goes back to
 *     the best epoch; 0 trains on all records to the last epoch
 */
public record NetworkOptions(
        int epochs,
        int batch,
        double learningRate,
        double l2,
        double inputDropout,
        double hiddenDropout,
        int patience) {

    /** ML-Leaks (Salem et al. 2019, released code): 50 epochs, batches of 100, Adam 0.001, L2 1e-7. */
    public static final NetworkOptions PAPER = new NetworkOptions(50, 100, 0.001, 1e-7, 0, 0, 0);

    public NetworkOptions {
        requireAtLeast("epochs", epochs, 1);
        requireAtLeast("batch", batch, 1);
        requireAtLeast("patience", patience, 0);
        if (!(learningRate > 0 && learningRate <= 1)) {
            throw new IllegalArgumentException("learning rate is " + learningRate + "; above 0 and at most 1 needed");
        }
        if (!(l2 >= 0 && l2 <= 1)) {
            throw new IllegalArgumentException("l2 is " + l2 + "; 0 to 1 needed");
        }
        requireShare("input dropout", inputDropout);
        requireShare("hidden dropout", hiddenDropout);
    }

    /** The same with another number of epochs. */
    public NetworkOptions withEpochs(int other) {
        return new NetworkOptions(other, batch, learningRate, l2, inputDropout, hiddenDropout, patience);
    }

    /** The same in batches of another size. */
    public NetworkOptions withBatch(int other) {
        return new NetworkOptions(epochs, other, learningRate, l2, inputDropout, hiddenDropout, patience);
    }

    /** The same with another L2 penalty. */
    public NetworkOptions withL2(double other) {
        return new NetworkOptions(epochs, batch, learningRate, other, inputDropout, hiddenDropout, patience);
    }

    /** The same with dropout on inputs and hidden layers: ML-Leaks' defence (section VI.A) has a half on both. */
    public NetworkOptions withDropout(double input, double hidden) {
        return new NetworkOptions(epochs, batch, learningRate, l2, input, hidden, patience);
    }

    /** The same with early stopping. */
    public NetworkOptions withPatience(int other) {
        return new NetworkOptions(epochs, batch, learningRate, l2, inputDropout, hiddenDropout, other);
    }

    private static void requireAtLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + "; at least " + least + " needed");
        }
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + " is " + value + "; at least 0 and below 1 needed");
        }
    }
}
