// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import dev.miasma.posterior.PosteriorFeature;
import dev.miasma.posterior.PosteriorView;
import java.util.List;

/**
 * The attack as a logistic regression over features of the posterior: score = 1 / (1 + exp(-(bias + w . f))). Any
 * standardisation of the features is folded into bias and weights. ML-Leaks adversary 1 (Salem et al. 2019, section
 * III) is this over the top three probabilities.
 */
public final class LogisticAttack implements AttackModel {

    /** The kind's name in model files. */
    public static final String KIND = "logistic";

    private final PosteriorFeature[] features;
    private final double[] weights;
    private final double bias;
    private final double threshold;

    /**
     * @param features at least one, none twice
     * @param weights one a feature, finite
     * @param bias finite
     * @param threshold in [0, 1]; a member scores at or above it
     * @throws IllegalArgumentException naming the parameter, its value and its bound
     */
    public LogisticAttack(List<PosteriorFeature> features, double[] weights, double bias, double threshold) {
        Requirements.requireFeatures(features);
        if (weights.length != features.size()) {
            throw new IllegalArgumentException(
                    "weights are " + weights.length + "; one for each of " + features.size() + " features needed");
        }
        for (int i = 0; i < weights.length; i++) {
            Requirements.requireFinite("weights[" + i + "]", weights[i]);
        }
        Requirements.requireFinite("bias", bias);
        Requirements.requireProbability("threshold", threshold);
        this.features = features.toArray(PosteriorFeature[]::new);
        this.weights = weights.clone();
        this.bias = bias;
        this.threshold = threshold;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public List<PosteriorFeature> features() {
        return List.of(features);
    }

    @Override
    public double score(PosteriorView view) {
        double z = bias;
        for (int i = 0; i < features.length; i++) {
            z += weights[i] * features[i].of(view);
        }
        return 1 / (1 + Math.exp(-z));
    }

    @Override
    public double threshold() {
        return threshold;
    }

    /** A copy of the weights, one a feature. */
    public double[] weights() {
        return weights.clone();
    }

    /** The bias, in the log odds. */
    public double bias() {
        return bias;
    }
}
