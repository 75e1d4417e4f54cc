// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import dev.miasma.dataset.Features;
import dev.miasma.target.network.Network;
import dev.miasma.target.network.NetworkOptions;
import dev.miasma.target.network.NetworkTrainer;
import dev.miasma.target.network.NetworkTrainingUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * The network trainer, loaded by whoever trains first: a list of attacks costs nothing until it is run, and the other
 * attacks run meanwhile. What can't be loaded isn't tried twice.
 */
final class LazyNetworks implements NetworkTrainer {

    private @Nullable NetworkTrainer trainer;
    private @Nullable NetworkTrainingUnavailableException failure;

    @Override
    public Network train(Network initial, Features x, int[] y, NetworkOptions options, long seed) {
        return loaded().train(initial, x, y, options, seed);
    }

    @Override
    public String library() {
        return loaded().library();
    }

    private synchronized NetworkTrainer loaded() {
        if (failure != null) {
            throw failure;
        }
        if (trainer == null) {
            try {
                trainer = NetworkTrainer.load();
            } catch (NetworkTrainingUnavailableException e) {
                failure = e;
                throw e;
            }
        }
        return trainer;
    }
}
