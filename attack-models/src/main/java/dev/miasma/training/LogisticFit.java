// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.training;

import dev.miasma.attack.LogisticAttack;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.posterior.PosteriorFeature;
import java.util.List;
import smile.classification.LogisticRegression;

/** Fits a logistic attack with Smile over standardised features, and folds the standardisation into the weights. */
final class LogisticFit implements AttackFitter {

    private static final double TOLERANCE = 1e-8;
    private static final int MAX_ITERATIONS = 1000;

    @Override
    public LogisticAttack fit(PosteriorSet members, PosteriorSet nonMembers, TrainingOptions options) {
        List<PosteriorFeature> features = options.features();
        FeatureMatrix matrix = FeatureMatrix.of(members, nonMembers, features);
        double penalty = options.ridge() * matrix.x().length;
        double[] fitted = LogisticRegression.binomial(
                        matrix.x(), matrix.y(), new LogisticRegression.Options(penalty, TOLERANCE, MAX_ITERATIONS))
                .coefficients();
        double[] weights = new double[features.size()];
        double bias = fitted[weights.length];
        for (int f = 0; f < weights.length; f++) {
            weights[f] = fitted[f] / matrix.deviations()[f];
            bias -= weights[f] * matrix.means()[f];
        }
        LogisticAttack untuned = new LogisticAttack(features, weights, bias, 0.5);
        double threshold = Scores.balancedThreshold(untuned, members, nonMembers);
        return new LogisticAttack(features, weights, bias, threshold);
    }

    @Override
    public String name() {
        return "logistic regression";
    }

    @Override
    public String library() {
        return Fingerprints.smile();
    }
}
