// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.posterior;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A number an attack model reads from a posterior. "y" is the true class if known, else the predicted one; log
 * features are natural logarithms, clamped at 1e-12.
 */
public enum PosteriorFeature {
    /** The highest probability. ML-Leaks adversary 3; also Yeom et al. 2018 without a label. */
    MAX_POSTERIOR("max-posterior"),
    /** Minus the entropy in nats. ML-Leaks adversary 3. */
    NEGATIVE_ENTROPY("negative-entropy"),
    /** Population standard deviation of the probabilities. ML-Leaks adversary 3. */
    STANDARD_DEVIATION("standard-deviation"),
    /** The probability of class y. Song and Mittal 2021. */
    TRUE_CLASS_CONFIDENCE("true-class-confidence"),
    /** Minus the modified entropy in nats. Song and Mittal 2021. */
    NEGATIVE_MODIFIED_ENTROPY("negative-modified-entropy"),
    /** The highest probability, as ML-Leaks adversary 1 reads it. */
    TOP_1("top-1"),
    /** The second highest probability. */
    TOP_2("top-2"),
    /** The third highest probability, 0 if there are only two classes. */
    TOP_3("top-3"),
    /** Logarithm of the highest probability. */
    LOG_TOP_1("log-top-1"),
    /** Logarithm of the second highest probability. */
    LOG_TOP_2("log-top-2"),
    /** Logarithm of the third highest probability. */
    LOG_TOP_3("log-top-3"),
    /** log p_y minus the logarithm of the sum of the others. Carlini et al. 2022. */
    LOGIT_MARGIN("logit-margin"),
    /** Logarithm of the entropy. */
    LOG_ENTROPY("log-entropy"),
    /** Logarithm of the modified entropy. */
    LOG_MODIFIED_ENTROPY("log-modified-entropy"),
    /** 1 if the predicted class is y, else 0: the gap attack of Yeom et al. 2018, which needs the true class. */
    CORRECTNESS("correctness");

    private final String id;

    PosteriorFeature(String id) {
        this.id = id;
    }

    /** The name used in model files; never changes. */
    public String id() {
        return id;
    }

    /** The feature's value; finite for every valid posterior. Allocates nothing. */
    public double of(PosteriorView view) {
        return switch (this) {
            case MAX_POSTERIOR, TOP_1 -> view.top(1);
            case NEGATIVE_ENTROPY -> -view.entropy();
            case STANDARD_DEVIATION -> view.standardDeviation();
            case TRUE_CLASS_CONFIDENCE -> view.confidence();
            case NEGATIVE_MODIFIED_ENTROPY -> -view.modifiedEntropy();
            case TOP_2 -> view.top(2);
            case TOP_3 -> view.top(3);
            case LOG_TOP_1 -> log(view.top(1));
            case LOG_TOP_2 -> log(view.top(2));
            case LOG_TOP_3 -> log(view.top(3));
            case LOGIT_MARGIN -> view.logitMargin();
            case LOG_ENTROPY -> log(view.entropy());
            case LOG_MODIFIED_ENTROPY -> log(view.modifiedEntropy());
            case CORRECTNESS -> view.predictedClass() == view.referenceClass() ? 1 : 0;
        };
    }

    /**
     * The feature of a name.
     *
     * @throws IllegalArgumentException naming the unknown name and the known ones
     */
    public static PosteriorFeature from(String id) {
        for (PosteriorFeature feature : values()) {
            if (feature.id.equals(id)) {
                return feature;
            }
        }
        String known = Arrays.stream(values()).map(PosteriorFeature::id).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("posterior feature is '" + id + "'; one of " + known + " needed");
    }

    private static double log(double value) {
        return Math.log(Math.max(value, PosteriorView.FEATURE_FLOOR));
    }
}
