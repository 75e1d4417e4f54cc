// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.target.network;

import dev.miasma.dataset.Dataset;
import dev.miasma.posterior.Posteriors;
import dev.miasma.target.TargetModel;
import dev.miasma.target.TargetTrainer;

/**
 * A network as a classifier, answered in plain Java: posterior = softmax(logits).
 *
 * @param network float32 parameters
 */
public record NetworkTarget(Network network) implements TargetModel {

    /** Hidden units of the papers' networks. */
    public static final int HIDDEN = 128;

    /** Trains the papers' fully connected network: {@value #HIDDEN} tanh units. */
    public static TargetTrainer fullyConnected(NetworkTrainer trainer, NetworkOptions options) {
        return (dataset, seed) -> train(
                trainer,
                Network.fullyConnected(dataset.width(), HIDDEN, Activation.TANH, dataset.classes(), seed),
                dataset,
                options,
                seed);
    }

    /**
     * Trains the papers' network for images.
     *
     * @param channels planes of each image; a record is plane by plane, row by row
     * @param height in pixels
     * @param width in pixels
     */
    public static TargetTrainer convolutional(
            NetworkTrainer trainer, int channels, int height, int width, NetworkOptions options) {
        return (dataset, seed) -> train(
                trainer,
                Network.convolutional(channels, height, width, HIDDEN, dataset.classes(), seed),
                dataset,
                options,
                seed);
    }

    private static NetworkTarget train(
            NetworkTrainer trainer, Network initial, Dataset dataset, NetworkOptions options, long seed) {
        return new NetworkTarget(trainer.train(initial, dataset.rows(), dataset.labels(), options, seed));
    }

    @Override
    public int classes() {
        return network.outputs();
    }

    @Override
    public int features() {
        return network.inputs();
    }

    @Override
    public void posterior(double[] x, double[] out) {
        float[] logits = network.logits(x);
        for (int c = 0; c < logits.length; c++) {
            out[c] = logits[c];
        }
        Posteriors.softmax(out, logits.length);
    }
}
