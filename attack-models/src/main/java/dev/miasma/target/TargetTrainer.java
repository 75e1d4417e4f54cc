// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.target;

import dev.miasma.dataset.Dataset;

/**
 * Makes a classifier of a data set: one interface for every family, so that targets and shadows are interchangeable.
 * Equal data and seed give an equal model, and several threads may train at once.
 */
@FunctionalInterface
public interface TargetTrainer {

    /**
     * Trains.
     *
     * @param dataset all of it is trained on
     * @param seed of every random choice; families without any ignore it
     */
    TargetModel train(Dataset dataset, long seed);
}
