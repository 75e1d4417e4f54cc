// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import dev.miasma.posterior.PosteriorFeature;
import dev.miasma.posterior.PosteriorView;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The attack without training: one statistic of the posterior, compared with a threshold. ML-Leaks adversary 3 (Salem
 * et al. 2019, section V) learns the threshold from the target's answers to random noise, which are non-members for
 * sure; Song and Mittal 2021 learn it on a shadow model.
 *
 * @param statistic the score
 * @param threshold finite; a member scores at or above it
 */
public record ThresholdAttack(PosteriorFeature statistic, double threshold) implements AttackModel {

    /** The kind's name in model files. */
    public static final String KIND = "threshold";

    /** The share of random-noise queries above adversary 3's threshold. */
    public static final double TOP_SHARE = 0.1;

    private static final Set<PosteriorFeature> ADVERSARY_3 = EnumSet.of(
            PosteriorFeature.MAX_POSTERIOR, PosteriorFeature.NEGATIVE_ENTROPY, PosteriorFeature.STANDARD_DEVIATION);

    public ThresholdAttack {
        if (!Double.isFinite(threshold)) {
            throw new IllegalArgumentException("threshold is " + threshold + "; a finite number needed");
        }
    }

    /**
     * Adversary 3 against a live target.
     *
     * @param statistic max posterior, negative entropy or standard deviation
     * @param target features in, posterior out
     * @param noise random queries, about 1,000; how they are drawn shifts the threshold, so state it
     * @param topShare share of the noise answers above the threshold, by default {@link #TOP_SHARE}
     */
    public static ThresholdAttack fromNoise(
            PosteriorFeature statistic, Function<double[], double[]> target, List<double[]> noise, double topShare) {
        return fromNoise(statistic, noise.stream().map(target).toList(), topShare);
    }

    /**
     * Adversary 3 from answers already collected: the threshold is the score of rank floor(n x topShare), counted from
     * the highest.
     *
     * @param statistic max posterior, negative entropy or standard deviation
     * @param noisePosteriors the target's answers to random queries, at least 1 / topShare of them
     * @param topShare share of the answers above the threshold, in (0, 1)
     */
    public static ThresholdAttack fromNoise(
            PosteriorFeature statistic, List<double[]> noisePosteriors, double topShare) {
        if (!ADVERSARY_3.contains(statistic)) {
            throw new IllegalArgumentException("statistic is " + statistic.id()
                    + "; max-posterior, negative-entropy or standard-deviation needed");
        }
        if (!(topShare > 0 && topShare < 1)) {
            throw new IllegalArgumentException("top share is " + topShare + "; between 0 and 1 needed");
        }
        int rank = (int) (noisePosteriors.size() * topShare);
        if (rank < 1) {
            throw new IllegalArgumentException("noise answers are " + noisePosteriors.size() + "; at least "
                    + (int) Math.ceil(1 / topShare) + " needed");
        }
        PosteriorView view = new PosteriorView();
        double[] scores = noisePosteriors.stream()
                .mapToDouble(p -> statistic.of(view.set(p)))
                .sorted()
                .toArray();
        return new ThresholdAttack(statistic, scores[scores.length - rank]);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public List<PosteriorFeature> features() {
        return List.of(statistic);
    }

    @Override
    public double score(PosteriorView view) {
        return statistic.of(view);
    }
}
