// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import java.util.Arrays;
import java.util.Random;

/** What the features of a record are, and so what a near copy of it is. A record is features long. */
public sealed interface FeatureKind {

    /**
     * A copy with a little noise: Bernoulli for bits, Gaussian for the others (Choquette-Choo et al. 2021, section 4).
     *
     * @param record to copy; left as it is
     * @param noise share of the bits flipped, at least one of them, or the standard deviation
     */
    double[] noisy(double[] record, double noise, Random random);

    /** One feature of a record drawn at random: a bit that is 1 with probability {@code density}, else uniform. */
    double draw(double density, Random random);

    /** Whether features are bits. */
    default boolean bits() {
        return false;
    }

    /** A record drawn at random, feature by feature. */
    default double[] random(int features, double density, Random random) {
        double[] record = new double[features];
        for (int i = 0; i < features; i++) {
            record[i] = draw(density, random);
        }
        return record;
    }

    /** Bits where every feature of every record is 0 or 1, else numbers. */
    static FeatureKind of(double[][] records) {
        boolean bits = Arrays.stream(records)
                .allMatch(record -> Arrays.stream(record).allMatch(value -> value == 0 || value == 1));
        return bits ? new Bits() : new Numbers();
    }

    /** Features 0 or 1, as those of Location and Purchase. */
    record Bits() implements FeatureKind {
        @Override
        public double[] noisy(double[] record, double noise, Random random) {
            double[] copy = record.clone();
            for (int i = 0; i < copy.length; i++) {
                if (random.nextDouble() < noise) {
                    copy[i] = 1 - copy[i];
                }
            }
            if (Arrays.equals(copy, record)) {
                int one = random.nextInt(copy.length);
                copy[one] = 1 - copy[one];
            }
            return copy;
        }

        @Override
        public double draw(double density, Random random) {
            return random.nextDouble() < density ? 1 : 0;
        }

        @Override
        public boolean bits() {
            return true;
        }
    }

    /** Features from 0 to 1. */
    record Numbers() implements FeatureKind {
        @Override
        public double[] noisy(double[] record, double noise, Random random) {
            return gaussian(record, noise, random);
        }

        @Override
        public double draw(double density, Random random) {
            return random.nextDouble();
        }
    }

    /**
     * Pixels from 0 to 1, plane by plane, row by row.
     *
     * @param channels planes, 3 for colours
     * @param height in pixels
     * @param width in pixels
     */
    record Image(int channels, int height, int width) implements FeatureKind {
        /** Checks the bounds. */
        public Image {
            if (channels < 1 || height < 1 || width < 1) {
                throw new IllegalArgumentException("an image of " + channels + " x " + height + " x " + width
                        + " (channels x height x width): each must be at least 1");
            }
        }

        @Override
        public double[] noisy(double[] record, double noise, Random random) {
            return gaussian(record, noise, random);
        }

        @Override
        public double draw(double density, Random random) {
            return random.nextDouble();
        }
    }

    private static double[] gaussian(double[] record, double sigma, Random random) {
        double[] copy = new double[record.length];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = Math.clamp(record[i] + sigma * random.nextGaussian(), 0, 1);
        }
        return copy;
    }
}
