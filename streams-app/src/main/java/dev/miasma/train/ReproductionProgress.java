// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

/** Hears how far a reproduction has come; may be called from several threads. */
public interface ReproductionProgress {
    /** A data set or an experiment can't be used, and what would need it goes without. */
    void leftOut(String name, String reason);

    /** A data set is used that isn't what was published: a part of it, for example. */
    void differs(String dataset, String how);

    /**
     * Training begins.
     *
     * @param kept models whose answers are there from earlier runs
     * @param of models in all
     */
    void training(int kept, int of);

    /**
     * A model is trained.
     *
     * @param done models there are now, those kept from earlier runs among them
     * @param of models in all
     * @param model the one trained last
     */
    void trained(int done, int of, String model);

    /**
     * An experiment begins.
     *
     * @param number from 1
     * @param of experiments in all
     */
    void running(int number, int of, ExperimentTitle experiment);
}
