// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import dev.miasma.attack.AttackModel;
import dev.miasma.attack.LogisticAttack;
import dev.miasma.attack.NetworkAttack;
import dev.miasma.attack.PerClassAttack;
import dev.miasma.attack.ThresholdAttack;
import dev.miasma.posterior.PosteriorFeature;
import dev.miasma.posterior.PosteriorView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * One attack model of each kind over made-up posteriors, for measuring what a score costs. The parameters are random: they
 * change no path through the code. Not thread-safe.
 */
public final class ScoreKernel {
    /** Scores of one {@link #run}. */
    public static final int SCORES = 256;

    private static final List<PosteriorFeature> TOP_3 =
            List.of(PosteriorFeature.TOP_1, PosteriorFeature.TOP_2, PosteriorFeature.TOP_3);

    private final AttackModel model;
    private final double[][] posteriors;
    private final PosteriorView view = new PosteriorView();

    private ScoreKernel(AttackModel model, double[][] posteriors) {
        this.model = model;
        this.posteriors = posteriors;
    }

    /**
     * A kernel of each kind, by name.
     *
     * @param classes of the posteriors
     * @param seed of posteriors and parameters
     */
    public static Map<String, ScoreKernel> all(int classes, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] posteriors = new double[SCORES][];
        for (int i = 0; i < SCORES; i++) {
            posteriors[i] = posterior(classes, random);
        }
        Map<String, ScoreKernel> kernels = new LinkedHashMap<>();
        models(classes, random).forEach((name, model) -> kernels.put(name, new ScoreKernel(model, posteriors)));
        return kernels;
    }

    private static Map<String, AttackModel> models(int classes, SplittableRandom random) {
        IntFunction<AttackModel> network = c -> network(NetworkAttack.Activation.RELU, random);
        TreeMap<Integer, AttackModel> byClass = new TreeMap<>();
        for (int c = 0; c < classes; c++) {
            byClass.put(c, network.apply(c));
        }
        Map<String, AttackModel> models = new LinkedHashMap<>();
        models.put("thresholdTop1", new ThresholdAttack(PosteriorFeature.MAX_POSTERIOR, 0.9));
        models.put("thresholdEntropy", new ThresholdAttack(PosteriorFeature.NEGATIVE_ENTROPY, -0.1));
        models.put("thresholdModifiedEntropy", new ThresholdAttack(PosteriorFeature.NEGATIVE_MODIFIED_ENTROPY, -0.1));
        models.put("logisticMargin", logistic(List.of(PosteriorFeature.LOGIT_MARGIN), random));
        models.put("logisticTop3", logistic(TOP_3, random));
        models.put("network", network(NetworkAttack.Activation.RELU, random));
        models.put("networkTanh", network(NetworkAttack.Activation.TANH, random));
        models.put("perClassNetwork", new PerClassAttack(byClass, network.apply(classes)));
        return models;
    }

    private static AttackModel logistic(List<PosteriorFeature> features, SplittableRandom random) {
        return new LogisticAttack(features, weights(features.size(), random), random.nextDouble(), 0.5);
    }

    /** The paper's network: top 3 and 64 hidden units (ML-Leaks, Salem et al. 2019, section III). */
    private static AttackModel network(NetworkAttack.Activation activation, SplittableRandom random) {
        List<NetworkAttack.Unit> units = new ArrayList<>();
        for (int unit = 0; unit < NetworkAttack.PAPER_UNITS; unit++) {
            units.add(new NetworkAttack.Unit(
                    random.nextDouble() - 0.5, weights(TOP_3.size(), random), random.nextDouble() - 0.5));
        }
        return new NetworkAttack(TOP_3, activation, units, 0, 0.5);
    }

    private static double[] weights(int count, SplittableRandom random) {
        double[] weights = new double[count];
        for (int i = 0; i < count; i++) {
            weights[i] = random.nextDouble() - 0.5;
        }
        return weights;
    }

    private static double[] posterior(int classes, SplittableRandom random) {
        double[] posterior = new double[classes];
        double sum = 0;
        for (int i = 0; i < classes; i++) {
            posterior[i] = Math.exp(2 * random.nextGaussian());
            sum += posterior[i];
        }
        for (int i = 0; i < classes; i++) {
            posterior[i] /= sum;
        }
        return posterior;
    }

    /**
     * Scores {@value #SCORES} posteriors.
     *
     * @return the sum of the scores, so that none is computed for nothing
     */
    public double run() {
        double sum = 0;
        for (double[] posterior : posteriors) {
            sum += model.score(view.set(posterior));
        }
        return sum;
    }

    /** Reads the same posteriors and adds up their entries: the least that looking at them costs. */
    public double pass() {
        double sum = 0;
        for (double[] posterior : posteriors) {
            for (double p : posterior) {
                sum += p;
            }
        }
        return sum;
    }
}
