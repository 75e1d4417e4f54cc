// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.training;

import dev.miasma.attack.CalibratedAttack;
import dev.miasma.attack.NullSource;
import dev.miasma.attack.ThresholdAttack;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.posterior.PosteriorFeature;
import dev.miasma.target.TargetModel;
import java.util.Arrays;
import java.util.Random;

/**
 * ML-Leaks adversary 3 (Salem et al. 2019, section V): no shadow, no data; a statistic of the posterior and a threshold
 * at the top 10 % of the target's answers to random noise.
 *
 * <p>The answers to noise calibrate it as well, for want of anything better, and so no alert budget is guaranteed: no
 * client asks noise.
 */
public final class NoiseThreshold {

    /** About the paper's number of random queries. */
    public static final int QUERIES = 1000;

    private NoiseThreshold() {}

    /**
     * Binary random queries: each bit 1 with the same probability. The threshold depends on it strongly, so it is part
     * of the provenance.
     *
     * @param density probability of a 1, in [0, 1]; the data's own if known
     */
    public static double[][] bits(int queries, int features, double density, long seed) {
        if (!(density >= 0 && density <= 1)) {
            throw new IllegalArgumentException("density is " + density + "; 0 to 1 needed");
        }
        Random random = new Random(seed);
        double[][] noise = new double[queries][features];
        for (double[] query : noise) {
            for (int i = 0; i < features; i++) {
                query[i] = random.nextDouble() < density ? 1 : 0;
            }
        }
        return noise;
    }

    /**
     * Asks the target {@link #QUERIES} random binary queries and makes an attack of the answers.
     *
     * @param statistic max posterior, negative entropy or standard deviation
     * @param density probability of a 1 in a query
     */
    public static CalibratedAttack train(
            TargetModel target, PosteriorFeature statistic, double density, TrainingOptions options) {
        double[][] answers = Arrays.stream(bits(QUERIES, target.features(), density, options.seed()))
                .map(target::posterior)
                .toArray(double[][]::new);
        return train(answers, "random bits of density " + density, statistic, options);
    }

    /**
     * Makes an attack of answers already collected.
     *
     * @param answers posteriors, at least 12
     * @param drawn how the queries were drawn, for the provenance
     * @param statistic max posterior, negative entropy or standard deviation
     */
    public static CalibratedAttack train(
            double[][] answers, String drawn, PosteriorFeature statistic, TrainingOptions options) {
        ThresholdAttack attack =
                ThresholdAttack.fromNoise(statistic, Arrays.asList(answers), ThresholdAttack.TOP_SHARE);
        PosteriorSet noise = PosteriorSet.unlabelled(answers);
        String protocol = "ML-Leaks adversary 3: " + statistic.id() + " over the answers to " + answers.length
                + " noise queries, " + drawn;
        return Calibrations.calibrated(
                attack,
                PosteriorSet.unlabelled(new double[0][]),
                noise,
                NullSource.NOISE_QUERIES,
                options.delta(),
                Fingerprints.provenance(options, Fingerprints.smile(), protocol, noise));
    }
}
