// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import dev.miasma.dataset.Dataset;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.dataset.Standardizer;
import dev.miasma.evaluation.Roc;
import dev.miasma.target.network.Activation;
import dev.miasma.target.network.Network;
import dev.miasma.target.network.NetworkTrainer;
import dev.miasma.training.AttackFitter;
import dev.miasma.training.Decisions;
import java.util.Arrays;

/**
 * ML-Leaks' attack network over any number of the highest posteriors, for the study of that number. Model files know the
 * first three only, which is all that the study finds to be of use.
 */
final class VectorAttack {

    private static final int UNITS = 64;

    private final Network network;
    private final Standardizer standardizer;
    private final int used;
    private final double threshold;

    private VectorAttack(Network network, Standardizer standardizer, int used, ModelAnswers shadow) {
        this.network = network;
        this.standardizer = standardizer;
        this.used = used;
        threshold = Roc.balancedThreshold(scores(shadow.in()), scores(shadow.out()));
    }

    /**
     * Fits.
     *
     * @param used how many of the highest posteriors it reads, in descending order
     */
    static VectorAttack fit(NetworkTrainer trainer, int used, ModelAnswers shadow, long seed) {
        double[][] in = highest(shadow.in(), used);
        double[][] out = highest(shadow.out(), used);
        double[][] all = Arrays.copyOf(in, in.length + out.length);
        System.arraycopy(out, 0, all, in.length, out.length);
        int[] labels = new int[all.length];
        Arrays.fill(labels, 0, in.length, 1);
        Dataset raw = new Dataset("answers", all, labels, 2, false);
        Standardizer standardizer = Standardizer.fit(raw, 0);
        Network network = trainer.train(
                Network.fullyConnected(used, UNITS, Activation.RELU, 2, seed),
                standardizer.apply(raw).rows(),
                labels,
                AttackFitter.NETWORK_OPTIONS,
                seed);
        return new VectorAttack(network, standardizer, used, shadow);
    }

    Attacked on(ModelAnswers target) {
        double[] in = scores(target.in());
        double[] out = scores(target.out());
        Decisions decisions = Decisions.NONE;
        for (double score : in) {
            decisions = decisions.and(true, score >= threshold);
        }
        for (double score : out) {
            decisions = decisions.and(false, score >= threshold);
        }
        return Attacked.of(decisions, Roc.of(in, out));
    }

    private double[] scores(PosteriorSet answers) {
        double[][] vectors = highest(answers, used);
        double[] scores = new double[vectors.length];
        Dataset scaled = standardizer.apply(new Dataset("answers", vectors, new int[vectors.length], 2, false));
        for (int i = 0; i < scores.length; i++) {
            float[] logits = network.logits(scaled.rows().row(i));
            scores[i] = (double) logits[1] - logits[0];
        }
        return scores;
    }

    private static double[][] highest(PosteriorSet answers, int used) {
        return Arrays.stream(answers.posteriors())
                .map(posterior -> {
                    double[] sorted = posterior.clone();
                    Arrays.sort(sorted);
                    double[] top = new double[used];
                    for (int i = 0; i < used; i++) {
                        top[i] = i < sorted.length ? sorted[sorted.length - 1 - i] : 0;
                    }
                    return top;
                })
                .toArray(double[][]::new);
    }
}
