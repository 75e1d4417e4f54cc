// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import dev.miasma.dataset.Dataset;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.synthesis.Marginals;
import dev.miasma.target.TargetModel;
import java.util.Arrays;
import java.util.Random;

/**
 * How ML-Leaks adversary 3 draws its random queries (Salem et al. 2019, section V). The paper doesn't say more than
 * "random", and the threshold depends on it strongly.
 */
public enum RandomQueries {
    /** Each feature uniform between the least and the largest value there is; bits are 0 or 1 with equal chances. */
    UNIFORM("uniform"),
    /** Each feature drawn by itself from the values that records have, so that bits are as dense as the data's. */
    MARGINAL("marginal");

    private final String id;

    RandomQueries(String id) {
        this.id = id;
    }

    /** The name in files; never changes. */
    public String id() {
        return id;
    }

    /**
     * Asks a model.
     *
     * @param records whose values the queries take
     * @param queries how many
     * @return the answers, unlabelled
     */
    PosteriorSet ask(TargetModel model, Dataset records, int queries, long seed) {
        Random random = new Random(seed);
        double[][] sample = records.features();
        double[][] answers = new double[queries][];
        Marginals marginals = Marginals.of(sample);
        double[] least = extreme(sample, true);
        double[] largest = extreme(sample, false);
        boolean[] bit = bits(sample);
        for (int q = 0; q < queries; q++) {
            double[] query = new double[sample[0].length];
            for (int i = 0; i < query.length; i++) {
                query[i] = switch (this) {
                    case MARGINAL -> marginals.draw(i, random);
                    case UNIFORM ->
                        bit[i] ? random.nextInt(2) : least[i] + random.nextDouble() * (largest[i] - least[i]);
                };
            }
            answers[q] = model.posterior(query);
        }
        return PosteriorSet.unlabelled(answers);
    }

    private static double[] extreme(double[][] sample, boolean least) {
        double[] found = sample[0].clone();
        for (double[] record : sample) {
            for (int i = 0; i < found.length; i++) {
                found[i] = least ? Math.min(found[i], record[i]) : Math.max(found[i], record[i]);
            }
        }
        return found;
    }

    private static boolean[] bits(double[][] sample) {
        boolean[] bits = new boolean[sample[0].length];
        Arrays.fill(bits, true);
        for (double[] record : sample) {
            for (int i = 0; i < bits.length; i++) {
                bits[i] &= record[i] == 0 || record[i] == 1;
            }
        }
        return bits;
    }
}
