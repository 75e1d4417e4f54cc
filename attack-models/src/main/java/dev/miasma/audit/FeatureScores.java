// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import dev.miasma.attack.AttackModel;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.posterior.PosteriorFeature;
import dev.miasma.posterior.PosteriorView;
import java.util.function.ToDoubleFunction;

/** One number a record. */
final class FeatureScores {

    private FeatureScores() {}

    static double[] of(PosteriorFeature feature, PosteriorSet answers) {
        return map(feature::of, answers);
    }

    static double[] of(AttackModel attack, PosteriorSet answers) {
        return map(attack::score, answers);
    }

    private static double[] map(ToDoubleFunction<PosteriorView> score, PosteriorSet answers) {
        PosteriorView view = new PosteriorView();
        double[] scores = new double[answers.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = score.applyAsDouble(view.set(answers.posteriors()[i], answers.classes(), answers.labels()[i]));
        }
        return scores;
    }
}
