// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.training;

import dev.miasma.attack.AttackModel;
import dev.miasma.attack.LogisticAttack;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.evaluation.Roc;
import dev.miasma.posterior.PosteriorFeature;
import dev.miasma.posterior.PosteriorView;
import java.util.Arrays;
import java.util.List;
import smile.classification.LogisticRegression;

/** Fits a logistic attack with Smile over standardised features, and folds the standardisation into the weights. */
final class LogisticFit {

    private static final double TOLERANCE = 1e-8;
    private static final int MAX_ITERATIONS = 1000;

    private LogisticFit() {}

    static LogisticAttack fit(PosteriorSet members, PosteriorSet nonMembers, TrainingOptions options) {
        requireRecords("members", members);
        requireRecords("non-members", nonMembers);
        List<PosteriorFeature> features = options.features();
        double[][] x = concatenated(extract(members, features), extract(nonMembers, features));
        int[] y = new int[x.length];
        Arrays.fill(y, 0, members.size(), 1);
        double[] mean = new double[features.size()];
        double[] deviation = new double[features.size()];
        standardise(x, mean, deviation);
        double[] fitted = LogisticRegression.binomial(
                        x, y, new LogisticRegression.Options(options.ridge() * x.length, TOLERANCE, MAX_ITERATIONS))
                .coefficients();
        double[] weights = new double[mean.length];
        double bias = fitted[mean.length];
        for (int f = 0; f < weights.length; f++) {
            weights[f] = fitted[f] / deviation[f];
            bias -= weights[f] * mean[f];
        }
        LogisticAttack untuned = new LogisticAttack(features, weights, bias, 0.5);
        double threshold = Roc.balancedThreshold(scores(untuned, members), scores(untuned, nonMembers));
        return new LogisticAttack(features, weights, bias, threshold);
    }

    static double[] scores(AttackModel attack, PosteriorSet set) {
        PosteriorView view = new PosteriorView();
        double[] scores = new double[set.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = attack.score(view.set(set.posteriors()[i], set.classes(), set.labels()[i]));
        }
        return scores;
    }

    private static double[][] extract(PosteriorSet set, List<PosteriorFeature> features) {
        PosteriorView view = new PosteriorView();
        double[][] x = new double[set.size()][features.size()];
        for (int i = 0; i < x.length; i++) {
            view.set(set.posteriors()[i], set.classes(), set.labels()[i]);
            for (int f = 0; f < x[i].length; f++) {
                x[i][f] = features.get(f).of(view);
            }
        }
        return x;
    }

    /** Subtracts each column's mean and divides by its deviation, in place; a constant column stays as it is, at 0. */
    private static void standardise(double[][] x, double[] mean, double[] deviation) {
        for (int f = 0; f < mean.length; f++) {
            for (double[] row : x) {
                mean[f] += row[f] / x.length;
            }
            double squares = 0;
            for (double[] row : x) {
                row[f] -= mean[f];
                squares += row[f] * row[f];
            }
            double root = Math.sqrt(squares / x.length);
            deviation[f] = root > 1e-12 ? root : 1;
            for (double[] row : x) {
                row[f] /= deviation[f];
            }
        }
    }

    private static double[][] concatenated(double[][] first, double[][] second) {
        double[][] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static void requireRecords(String name, PosteriorSet set) {
        if (set.size() == 0) {
            throw new IllegalArgumentException(name + " are 0; at least 1 needed");
        }
    }
}
