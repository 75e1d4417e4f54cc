// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.posterior;

/**
 * A lens over one posterior: everything an attack model reads from it, each thing computed when first asked for.
 *
 * <p>Mutable, reusable and for one thread: {@link #set} points it at the next posterior and allocates nothing. It
 * keeps a reference and copies nothing, so the array must not change while the view is read. It trusts its input:
 * check with {@link Posteriors#requireValid} first.
 *
 * <p>Where a quantity is about a class y, that is the true class if it is known and the predicted one if it is not.
 * Logarithms are natural, and log p means log(max(p, 1e-30)).
 */
public final class PosteriorView {

    /** The true class of a query whose label isn't known. */
    public static final int UNKNOWN = -1;

    /**
     * Log features are clamped at this probability. A served posterior is often rounded, and a zero that means "less
     * than 1e-6" must not outweigh everything else an attack model sees.
     */
    static final double FEATURE_FLOOR = 1e-12;

    private static final double LOG_FLOOR = 1e-30;
    private static final double MARGIN_LIMIT = -Math.log(FEATURE_FLOOR);

    private static final int RANKED = 1;
    private static final int ENTROPY = 2;
    private static final int MODIFIED_ENTROPY = 4;
    private static final int DEVIATION = 8;
    private static final int MARGIN = 16;

    private double[] p = new double[0];
    private double[] scratch = new double[PosteriorFeature.values().length];
    private int classes;
    private int trueClass = UNKNOWN;

    private int computed;
    private int predicted;
    private double top1;
    private double top2;
    private double top3;
    private double entropy;
    private double modifiedEntropy;
    private double deviation;
    private double margin;

    /**
     * Looks at another posterior.
     *
     * @param posterior probabilities, the first {@code classes} used; kept, not copied
     * @param classes number of classes, 1 to {@code posterior.length}
     * @param trueClass the query's label, 0 to classes - 1, or {@link #UNKNOWN}
     * @return this view
     * @throws IllegalArgumentException if the number of classes or the label is out of bounds
     */
    public PosteriorView set(double[] posterior, int classes, int trueClass) {
        if (classes < 1 || classes > posterior.length) {
            throw new IllegalArgumentException("classes is " + classes + "; 1 to " + posterior.length + " needed");
        }
        if (trueClass < UNKNOWN || trueClass >= classes) {
            throw new IllegalArgumentException("true class is " + trueClass + "; -1 to " + (classes - 1) + " needed");
        }
        this.p = posterior;
        this.classes = classes;
        this.trueClass = trueClass;
        this.computed = 0;
        return this;
    }

    /** Looks at another posterior, all of the array, its label unknown. */
    public PosteriorView set(double[] posterior) {
        return set(posterior, posterior.length, UNKNOWN);
    }

    /** Number of classes; 0 before the first {@link #set}. */
    public int classes() {
        return classes;
    }

    /** The true class, or {@link #UNKNOWN}. */
    public int trueClass() {
        return trueClass;
    }

    /** The class y: the true one if it is known, else the predicted one. */
    public int referenceClass() {
        return trueClass == UNKNOWN ? predictedClass() : trueClass;
    }

    /**
     * Room for whoever reads this view, so that scoring needs no array of its own. What is in it is left over from
     * before, and stays only until the next reader.
     *
     * @param length up to the number of features it is there already; more allocates once
     * @return at least that long
     */
    public double[] scratch(int length) {
        if (length > scratch.length) {
            scratch = new double[length];
        }
        return scratch;
    }

    /** The class of the highest probability, the first of several. */
    public int predictedClass() {
        rank();
        return predicted;
    }

    /** Whether the true class is known and is the predicted one. */
    public boolean correct() {
        return trueClass != UNKNOWN && predictedClass() == trueClass;
    }

    /**
     * The probability of the given rank, descending: the attack input of ML-Leaks (Salem et al. 2019, section III).
     *
     * @param rank 1 to 3
     * @return the probability, 0 if there are fewer classes
     */
    public double top(int rank) {
        rank();
        return switch (rank) {
            case 1 -> top1;
            case 2 -> top2;
            case 3 -> top3;
            default -> throw new IllegalArgumentException("rank is " + rank + "; 1 to 3 needed");
        };
    }

    /** The highest probability. */
    public double maxPosterior() {
        return top(1);
    }

    /** The probability of class y. */
    public double confidence() {
        return p[referenceClass()];
    }

    /** Shannon entropy in nats: -sum p_i log p_i. */
    public double entropy() {
        if ((computed & ENTROPY) == 0) {
            double sum = 0;
            for (int i = 0; i < classes; i++) {
                sum -= p[i] * log(p[i]);
            }
            // A posterior whose sum is off by rounding may give a hair below 0.
            entropy = Math.max(sum, 0);
            computed |= ENTROPY;
        }
        return entropy;
    }

    /**
     * Modified entropy (Song and Mittal, "Systematic Evaluation of Privacy Risks of Machine Learning Models", 2021,
     * equation 8): -(1 - p_y) log p_y - sum over i != y of p_i log(1 - p_i). Unlike the entropy it is high for a
     * confident wrong answer.
     */
    public double modifiedEntropy() {
        if ((computed & MODIFIED_ENTROPY) == 0) {
            int y = referenceClass();
            double sum = -(1 - p[y]) * log(p[y]);
            for (int i = 0; i < classes; i++) {
                if (i != y) {
                    sum -= p[i] * log(1 - p[i]);
                }
            }
            modifiedEntropy = Math.max(sum, 0);
            computed |= MODIFIED_ENTROPY;
        }
        return modifiedEntropy;
    }

    /** Population standard deviation of the probabilities (an ML-Leaks statistic, Salem et al. 2019, section V). */
    public double standardDeviation() {
        if ((computed & DEVIATION) == 0) {
            double mean = 0;
            for (int i = 0; i < classes; i++) {
                mean += p[i];
            }
            mean /= classes;
            double squares = 0;
            for (int i = 0; i < classes; i++) {
                double d = p[i] - mean;
                squares += d * d;
            }
            deviation = Math.sqrt(squares / classes);
            computed |= DEVIATION;
        }
        return deviation;
    }

    /**
     * Logit-scaled confidence, log p_y - log of the sum of the other probabilities (Carlini et al., "Membership
     * Inference Attacks From First Principles", 2022, section IV). The others are summed rather than taken as
     * 1 - p_y, which is stable where p_y is near 1. Clamped to +-log 1e12.
     */
    public double logitMargin() {
        if ((computed & MARGIN) == 0) {
            int y = referenceClass();
            double others = 0;
            for (int i = 0; i < classes; i++) {
                if (i != y) {
                    others += p[i];
                }
            }
            double raw = log(p[y]) - log(others);
            margin = Math.max(-MARGIN_LIMIT, Math.min(MARGIN_LIMIT, raw));
            computed |= MARGIN;
        }
        return margin;
    }

    private void rank() {
        if ((computed & RANKED) != 0) {
            return;
        }
        if (classes == 0) {
            throw new IllegalStateException("no posterior set");
        }
        double a = 0;
        double b = 0;
        double c = 0;
        int best = 0;
        for (int i = 0; i < classes; i++) {
            double v = p[i];
            // Few entries pass the first test, so the loop is one comparison a class.
            if (v > c) {
                if (v > a) {
                    c = b;
                    b = a;
                    a = v;
                    best = i;
                } else if (v > b) {
                    c = b;
                    b = v;
                } else {
                    c = v;
                }
            }
        }
        top1 = a;
        top2 = b;
        top3 = c;
        predicted = best;
        computed |= RANKED;
    }

    private static double log(double probability) {
        return Math.log(Math.max(probability, LOG_FLOOR));
    }
}
