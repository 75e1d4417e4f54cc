// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.target;

import dev.miasma.dataset.Dataset;
import dev.miasma.posterior.Posteriors;
import java.util.Arrays;
import smile.classification.LogisticRegression;

/**
 * Multinomial logistic regression, trained by Smile: posterior = softmax(W x + b). Smile fixes the logit of the last
 * class at 0. A class that no training record has gets probability 0.
 */
public final class LogisticRegressionTarget implements TargetModel {

    private final int classes;
    /** Features x trained logits: a record's zeros skip a whole array. */
    private final double[][] weights;

    private final double[] biases;
    /** The class of each trained logit, and at the end of the one fixed at 0. */
    private final int[] trained;

    private LogisticRegressionTarget(double[][] coefficients, int[] trained, int classes) {
        int features = coefficients[0].length - 1;
        this.classes = classes;
        this.trained = trained;
        weights = new double[features][coefficients.length];
        biases = new double[coefficients.length];
        for (int c = 0; c < coefficients.length; c++) {
            for (int i = 0; i < features; i++) {
                weights[i][c] = coefficients[c][i];
            }
            biases[c] = coefficients[c][features];
        }
    }

    /**
     * Trains. Equal input gives an equal model.
     *
     * @param x records x features
     * @param y labels, 0 to classes - 1, at least two of them different
     * @param classes number of classes
     * @param lambda L2 penalty lambda / 2 |w|^2 on the summed loss, biases free; 0 overfits most
     * @param tolerance at which the optimiser (BFGS) stops
     * @param maxIterations after which it stops anyway
     */
    public static LogisticRegressionTarget train(
            double[][] x, int[] y, int classes, double lambda, double tolerance, int maxIterations) {
        int[] present = Arrays.stream(y).distinct().sorted().toArray();
        if (present.length < 2 || present[0] < 0 || present[present.length - 1] >= classes) {
            throw new IllegalArgumentException(
                    "labels are " + Arrays.toString(present) + "; at least two from 0 to " + (classes - 1) + " needed");
        }
        LogisticRegression.Options options = new LogisticRegression.Options(lambda, tolerance, maxIterations);
        if (present.length > 2) {
            return new LogisticRegressionTarget(
                    LogisticRegression.multinomial(x, y, options).coefficients(), present, classes);
        }
        // Smile's binomial logit is the second class's; ours is written with the free logit first.
        double[] coefficients = LogisticRegression.binomial(x, y, options).coefficients();
        return new LogisticRegressionTarget(new double[][] {coefficients}, new int[] {present[1], present[0]}, classes);
    }

    /** Trains on a data set. */
    public static LogisticRegressionTarget train(Dataset dataset, double lambda, double tolerance, int maxIterations) {
        return train(dataset.features(), dataset.labels(), dataset.classes(), lambda, tolerance, maxIterations);
    }

    /** Trains with these settings; there is nothing random in it. */
    public static TargetTrainer trainer(double lambda, double tolerance, int maxIterations) {
        return (dataset, seed) -> train(dataset, lambda, tolerance, maxIterations);
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public int features() {
        return weights.length;
    }

    @Override
    public void posterior(double[] x, double[] out) {
        if (x.length != weights.length) {
            throw new IllegalArgumentException("record has " + x.length + " features; " + weights.length + " needed");
        }
        int free = biases.length;
        if (trained.length == classes && trained[0] == 0) {
            logits(x, out);
            out[free] = 0;
            Posteriors.softmax(out, classes);
            return;
        }
        double[] compact = new double[free + 1];
        logits(x, compact);
        Posteriors.softmax(compact, compact.length);
        Arrays.fill(out, 0, classes, 0);
        for (int c = 0; c <= free; c++) {
            out[trained[c]] = compact[c];
        }
    }

    private void logits(double[] x, double[] out) {
        System.arraycopy(biases, 0, out, 0, biases.length);
        for (int i = 0; i < x.length; i++) {
            double value = x[i];
            // Records of the papers' sets are mostly zeros.
            if (value != 0) {
                double[] row = weights[i];
                for (int c = 0; c < row.length; c++) {
                    out[c] += row[c] * value;
                }
            }
        }
    }
}
