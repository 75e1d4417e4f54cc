// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.target;

import dev.miasma.dataset.Dataset;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.posterior.PosteriorView;

/** A classifier that answers a record with a posterior. Immutable and thread-safe. */
public interface TargetModel {

    /** Number of classes. */
    int classes();

    /** Number of features of a record. */
    int features();

    /**
     * Answers one record.
     *
     * @param x features, {@link #features()} long
     * @param out takes the posterior, at least {@link #classes()} long
     */
    void posterior(double[] x, double[] out);

    /** Answers one record with a fresh array. */
    default double[] posterior(double[] x) {
        double[] out = new double[classes()];
        posterior(x, out);
        return out;
    }

    /** Answers every record of a data set, labels kept. */
    default PosteriorSet answers(Dataset dataset) {
        double[][] posteriors = new double[dataset.size()][];
        for (int i = 0; i < posteriors.length; i++) {
            posteriors[i] = posterior(dataset.rows().row(i));
        }
        return new PosteriorSet(posteriors, dataset.labels());
    }

    /**
     * The share of a data set's records whose predicted class is their label.
     *
     * @param dataset at least one record
     */
    default double accuracy(Dataset dataset) {
        if (dataset.size() == 0) {
            throw new IllegalArgumentException(dataset.name() + " has no record; at least 1 needed");
        }
        PosteriorSet answers = answers(dataset);
        PosteriorView view = new PosteriorView();
        int correct = 0;
        for (int i = 0; i < answers.size(); i++) {
            if (view.set(answers.posteriors()[i], answers.classes(), answers.labels()[i])
                    .correct()) {
                correct++;
            }
        }
        return correct / (double) answers.size();
    }
}
