// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.target.network;

import dev.miasma.dataset.Features;

/**
 * Trains networks. Equal arguments give equal parameters on one machine, whatever other threads do: every random choice
 * comes from the seed, and a network is trained on the calling thread alone. Several threads may train at once.
 */
public interface NetworkTrainer {

    /**
     * Trains.
     *
     * @param initial shape and starting parameters; left alone
     * @param x records x features
     * @param y labels, 0 to outputs - 1
     * @param options how
     * @param seed of the order of the records and of dropout
     * @return a network of the same shape
     * @throws IllegalArgumentException if records and shape disagree
     * @throws NetworkTrainingUnavailableException if it turns out only now that nothing can be trained
     */
    Network train(Network initial, Features x, int[] y, NetworkOptions options, long seed);

    /** Name and version of what trains, for a provenance. */
    String library();

    /**
     * The trainer on DJL and PyTorch. The first call loads native libraries, which takes seconds.
     *
     * @throws NetworkTrainingUnavailableException if they aren't on the class path or can't be loaded
     */
    static NetworkTrainer load() {
        try {
            return DjlTrainer.start();
        } catch (LinkageError | RuntimeException e) {
            throw new NetworkTrainingUnavailableException(e);
        }
    }
}
