// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import java.util.Random;
import java.util.function.Function;

/** Records and targets for the tests of this package. */
final class Populations {
    static final int FEATURES = 120;
    static final int MEMBERS = 150;
    static final int NON_MEMBERS = 250;

    private Populations() {}

    /** Random bits; those of members begin with 1, those of the others with 0. */
    static Population bits() {
        return Population.of(records(MEMBERS, 1, true), records(NON_MEMBERS, 0, true));
    }

    /** Random numbers; those of members begin with 1, those of the others with 0. */
    static Population numbers() {
        return Population.of(records(MEMBERS, 1, false), records(NON_MEMBERS, 0, false));
    }

    /** The same as images of two planes. */
    static Population images() {
        return new Population(
                records(MEMBERS, 1, false), records(NON_MEMBERS, 0, false), new FeatureKind.Image(2, 6, 10));
    }

    private static double[][] records(int size, double first, boolean bits) {
        Random random = new Random(7 + (long) first);
        double[][] records = new double[size][FEATURES];
        for (double[] record : records) {
            for (int i = 0; i < FEATURES; i++) {
                double value = random.nextDouble();
                record[i] = bits ? Math.rint(value) : 0.1 + 0.8 * value;
            }
            record[0] = first;
        }
        return records;
    }

    /** A linear model of three classes. */
    static Function<double[], double[]> linear(double steepness) {
        Random random = new Random(99);
        double[][] weights = new double[3][FEATURES];
        for (double[] row : weights) {
            for (int i = 0; i < FEATURES; i++) {
                row[i] = random.nextGaussian();
            }
        }
        return features -> {
            double[] posterior = new double[weights.length];
            double sum = 0;
            for (int c = 0; c < posterior.length; c++) {
                double logit = 0;
                for (int i = 0; i < FEATURES; i++) {
                    logit += weights[c][i] * (features[i] - 0.5);
                }
                posterior[c] = Math.exp(steepness * logit);
                sum += posterior[c];
            }
            for (int c = 0; c < posterior.length; c++) {
                posterior[c] /= sum;
            }
            return posterior;
        };
    }
}
