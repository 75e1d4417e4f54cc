// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import dev.miasma.dataset.PosteriorSet;
import dev.miasma.posterior.PosteriorView;
import dev.miasma.target.Overfitting;
import dev.miasma.training.ShadowTraining.Shadow;

/**
 * What one model answered.
 *
 * @param in to the records it was trained on
 * @param out to as many others
 */
public record ModelAnswers(PosteriorSet in, PosteriorSet out) {

    /** The same as an attack trainer wants it. */
    public Shadow shadow() {
        return new Shadow(in, out);
    }

    /** How much better it does on its members. */
    public Overfitting overfitting() {
        return new Overfitting(accuracy(in), accuracy(out));
    }

    /** The same with the labels forgotten, as answers on a stream come. */
    public ModelAnswers withoutLabels() {
        return new ModelAnswers(in.withoutLabels(), out.withoutLabels());
    }

    private static double accuracy(PosteriorSet set) {
        PosteriorView view = new PosteriorView();
        int right = 0;
        for (int i = 0; i < set.size(); i++) {
            right += view.set(set.posteriors()[i], set.classes(), set.labels()[i])
                            .correct()
                    ? 1
                    : 0;
        }
        return right / (double) set.size();
    }
}
