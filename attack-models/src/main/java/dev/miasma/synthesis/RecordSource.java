// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.synthesis;

import java.util.Random;

/** What a synthesiser knows of records without having any: how long they are and what a feature may be. */
public interface RecordSource {

    /** Number of features. */
    int features();

    /**
     * Draws one feature.
     *
     * @param feature 0 to {@link #features()} - 1
     */
    double draw(int feature, Random random);

    /** Draws a whole record, feature by feature. */
    default double[] record(Random random) {
        double[] record = new double[features()];
        for (int feature = 0; feature < record.length; feature++) {
            record[feature] = draw(feature, random);
        }
        return record;
    }

    /** Bits that are 1 with probability a half. */
    static RecordSource bits(int features) {
        return bits(features, 0.5);
    }

    /**
     * Independent bits.
     *
     * @param density probability of a 1, 0 to 1
     */
    static RecordSource bits(int features, double density) {
        if (features < 1 || !(density >= 0 && density <= 1)) {
            throw new IllegalArgumentException(
                    "features are " + features + ", density is " + density + "; at least 1, and 0 to 1 needed");
        }
        return new RecordSource() {
            @Override
            public int features() {
                return features;
            }

            @Override
            public double draw(int feature, Random random) {
                return random.nextDouble() < density ? 1 : 0;
            }
        };
    }
}
