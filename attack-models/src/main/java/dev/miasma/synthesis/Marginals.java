// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.synthesis;

import java.util.Random;

/**
 * The marginal distributions of features, each drawn by itself: "statistics-based synthesis" (Shokri et al. 2017,
 * section V-C), for an attacker who knows how often each value occurs and not what goes with what.
 */
public final class Marginals implements RecordSource {
    private final double[][] records;
    private final int features;

    private Marginals(double[][] records) {
        this.records = records;
        features = records[0].length;
    }

    /**
     * The marginals of a sample.
     *
     * @param records at least one; kept, and not to be changed
     */
    public static Marginals of(double[][] records) {
        if (records.length == 0 || records[0].length == 0) {
            throw new IllegalArgumentException("records are 0; at least 1 with at least 1 feature needed");
        }
        return new Marginals(records);
    }

    @Override
    public int features() {
        return features;
    }

    /** A value of that feature in a random record of the sample, which has the marginal distribution exactly. */
    @Override
    public double draw(int feature, Random random) {
        return records[random.nextInt(records.length)][feature];
    }
}
