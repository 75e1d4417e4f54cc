// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.training;

import dev.miasma.attack.NetworkAttack;
import dev.miasma.attack.NetworkAttack.Unit;
import dev.miasma.dataset.Features;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.target.network.Activation;
import dev.miasma.target.network.Network;
import dev.miasma.target.network.NetworkOptions;
import dev.miasma.target.network.NetworkTrainer;
import java.util.ArrayList;
import java.util.List;

/**
 * Fits an attack network over standardised features and folds the standardisation into the hidden units. It is trained
 * with two outputs and a softmax, as in the paper, and kept with one, their difference.
 */
record NetworkFit(NetworkTrainer trainer, int units, NetworkAttack.Activation activation, NetworkOptions how)
        implements AttackFitter {

    @Override
    public NetworkAttack fit(PosteriorSet members, PosteriorSet nonMembers, TrainingOptions options) {
        FeatureMatrix matrix = FeatureMatrix.of(members, nonMembers, options.features());
        Activation hidden = switch (activation) {
            case TANH -> Activation.TANH;
            case RELU -> Activation.RELU;
        };
        Network initial = Network.fullyConnected(options.features().size(), units, hidden, 2, options.seed());
        Network trained = trainer.train(initial, Features.of(matrix.x()), matrix.y(), how, options.seed());
        NetworkAttack untuned = attack(trained, matrix, options, 0.5);
        return attack(trained, matrix, options, Scores.balancedThreshold(untuned, members, nonMembers));
    }

    @Override
    public String name() {
        return "a network of " + units + " " + activation.id() + " units";
    }

    @Override
    public String library() {
        return trainer.library();
    }

    private NetworkAttack attack(Network trained, FeatureMatrix matrix, TrainingOptions options, double threshold) {
        float[][] in = trained.weights(0);
        float[] inBiases = trained.biases(0);
        float[][] out = trained.weights(1);
        float[] outBiases = trained.biases(1);
        List<Unit> hidden = new ArrayList<>();
        for (int u = 0; u < units; u++) {
            double[] weights = new double[in.length];
            double bias = inBiases[u];
            for (int f = 0; f < in.length; f++) {
                weights[f] = in[f][u] / matrix.deviations()[f];
                bias -= weights[f] * matrix.means()[f];
            }
            hidden.add(new Unit(bias, weights, (double) out[u][1] - out[u][0]));
        }
        return new NetworkAttack(
                options.features(), activation, hidden, (double) outBiases[1] - outBiases[0], threshold);
    }
}
