// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.target;

import dev.miasma.dataset.Dataset;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.dataset.Standardizer;

/** A model that scales what it is asked as it scaled what it was trained on: its clients send records as they are. */
public final class StandardizedTarget implements TargetModel {

    private final TargetModel model;
    private final Standardizer standardizer;

    private StandardizedTarget(TargetModel model, Standardizer standardizer) {
        this.model = model;
        this.standardizer = standardizer;
    }

    /**
     * Standardises the records of each training, as the code of ML-Leaks does for images and texts.
     *
     * @param floor lower bound of a deviation; see {@link Standardizer#fit}
     */
    public static TargetTrainer trainer(TargetTrainer trainer, double floor) {
        return (dataset, seed) -> {
            Standardizer standardizer = Standardizer.fit(dataset, floor);
            return new StandardizedTarget(trainer.train(standardizer.apply(dataset), seed), standardizer);
        };
    }

    @Override
    public int classes() {
        return model.classes();
    }

    @Override
    public int features() {
        return model.features();
    }

    @Override
    public void posterior(double[] x, double[] out) {
        double[] scaled = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            scaled[i] = (x[i] - standardizer.means()[i]) / standardizer.scales()[i];
        }
        model.posterior(scaled, out);
    }

    @Override
    public PosteriorSet answers(Dataset dataset) {
        return model.answers(standardizer.apply(dataset));
    }
}
