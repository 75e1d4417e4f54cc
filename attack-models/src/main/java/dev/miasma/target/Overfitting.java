// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.target;

import dev.miasma.dataset.Dataset;

/**
 * How much better a model does on what it was trained on: what membership inference lives on (Shokri et al. 2017,
 * section VII; Yeom et al. 2018 bound the attack's advantage by it).
 *
 * @param trainAccuracy share of its members answered rightly
 * @param testAccuracy share of other records answered rightly
 */
public record Overfitting(double trainAccuracy, double testAccuracy) {

    /**
     * Measures a model.
     *
     * @param members what it was trained on, at least one record
     * @param nonMembers others of the same distribution, at least one record
     */
    public static Overfitting of(TargetModel model, Dataset members, Dataset nonMembers) {
        return new Overfitting(model.accuracy(members), model.accuracy(nonMembers));
    }

    /** Train minus test accuracy. */
    public double gap() {
        return trainAccuracy - testAccuracy;
    }
}
