// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

/** Hears how far a training has come; may be called from several threads. */
@FunctionalInterface
public interface TrainingProgress {
    /**
     * A model is trained.
     *
     * @param done models trained so far, those kept from earlier runs among them
     * @param of models in all
     * @param what the last one, for people
     */
    void trained(int done, int of, String what);
}
