// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import dev.miasma.posterior.PosteriorFeature;
import dev.miasma.posterior.PosteriorView;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The attack as a network with one hidden layer: score = 1 / (1 + exp(-(bias + sum of out_u h(b_u + w_u . f)))) with h
 * tanh or ReLU. Any standardisation of the features is folded into the hidden units. ML-Leaks adversary 1 (Salem et al.
 * 2019, section III.A) is this with 64 units over the top three probabilities; its softmax over two outputs is the
 * logistic function of their difference.
 */
public final class NetworkAttack implements AttackModel {

    /** The kind's name in model files. */
    public static final String KIND = "network";

    /** The hidden units of ML-Leaks' attack network. */
    public static final int PAPER_UNITS = 64;

    /** The most hidden units; the papers have 64. */
    public static final int MOST_UNITS = 1024;

    /** No parameter is larger, so that no sum of products over- or underflows to NaN. */
    public static final double LARGEST = 1e15;

    private final PosteriorFeature[] features;
    private final Activation activation;
    /** One a unit. */
    private final double[] biases;

    /** For each feature one a unit: side by side, so that the loop over units is one over vectors. */
    private final double[][] weights;

    /** One a unit. */
    private final double[] outputs;

    private final double bias;
    private final double threshold;

    /** What a hidden unit does with its sum. */
    public enum Activation {
        /** Hyperbolic tangent. */
        TANH("tanh"),
        /** max(0, sum): several times faster to score. */
        RELU("relu");

        private final String id;

        Activation(String id) {
            this.id = id;
        }

        /** The name used in model files; never changes. */
        public String id() {
            return id;
        }

        /** The activation of a name. */
        public static Activation from(String id) {
            for (Activation activation : values()) {
                if (activation.id.equals(id)) {
                    return activation;
                }
            }
            throw new IllegalArgumentException("activation is '" + id + "'; tanh or relu needed");
        }
    }

    /**
     * A hidden unit.
     *
     * @param bias added to its sum
     * @param weights one a feature
     * @param output weight of what it gives
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier of parameters; nobody compares it
    public record Unit(double bias, double[] weights, double output) {}

    /**
     * @param features at least one, none twice
     * @param activation of every hidden unit
     * @param units 1 to {@value #MOST_UNITS}, every parameter within +-1e15
     * @param bias of the output, within +-1e15
     * @param threshold in [0, 1]; a member scores at or above it
     * @throws IllegalArgumentException naming the parameter, its value and its bound
     */
    public NetworkAttack(
            List<PosteriorFeature> features, Activation activation, List<Unit> units, double bias, double threshold) {
        Requirements.requireFeatures(features);
        if (units.isEmpty() || units.size() > MOST_UNITS) {
            throw new IllegalArgumentException("hidden units are " + units.size() + "; 1 to " + MOST_UNITS + " needed");
        }
        Requirements.requireWithin("bias", bias, LARGEST);
        Requirements.requireProbability("threshold", threshold);
        this.features = features.toArray(PosteriorFeature[]::new);
        this.activation = activation;
        requireUnits(units, features.size());
        biases = units.stream().mapToDouble(Unit::bias).toArray();
        weights = new double[features.size()][];
        for (int i = 0; i < weights.length; i++) {
            int feature = i;
            weights[i] =
                    units.stream().mapToDouble(unit -> unit.weights[feature]).toArray();
        }
        outputs = units.stream().mapToDouble(Unit::output).toArray();
        this.bias = bias;
        this.threshold = threshold;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public List<PosteriorFeature> features() {
        return List.of(features);
    }

    @Override
    public double score(PosteriorView view) {
        int units = biases.length;
        double[] sums = view.scratch(units);
        System.arraycopy(biases, 0, sums, 0, units);
        for (int i = 0; i < features.length; i++) {
            addProducts(weights[i], features[i].of(view), sums);
        }
        if (activation == Activation.RELU) {
            rectify(sums);
        } else {
            for (int u = 0; u < units; u++) {
                sums[u] = outputs[u] * Math.tanh(sums[u]);
            }
        }
        // Apart, because a sum of doubles has an order and is no vector.
        double z = bias;
        for (int u = 0; u < units; u++) {
            z += sums[u];
        }
        return 1 / (1 + Math.exp(-z));
    }

    private static void addProducts(double[] weights, double value, double[] sums) {
        for (int u = 0; u < weights.length; u++) {
            sums[u] += weights[u] * value;
        }
    }

    private void rectify(double[] sums) {
        double[] factors = outputs;
        for (int u = 0; u < factors.length; u++) {
            sums[u] = factors[u] * Math.max(0, sums[u]);
        }
    }

    @Override
    public double threshold() {
        return threshold;
    }

    /** What the hidden units do with their sums. */
    public Activation activation() {
        return activation;
    }

    /** Copies of the hidden units. */
    public List<Unit> units() {
        return IntStream.range(0, biases.length)
                .mapToObj(u -> new Unit(
                        biases[u],
                        Arrays.stream(weights)
                                .mapToDouble(ofFeature -> ofFeature[u])
                                .toArray(),
                        outputs[u]))
                .toList();
    }

    /** The bias of the output, in the log odds. */
    public double bias() {
        return bias;
    }

    private static void requireUnits(List<Unit> units, int features) {
        for (int u = 0; u < units.size(); u++) {
            Unit unit = units.get(u);
            String name = "hidden[" + u + "]";
            if (unit.weights.length != features) {
                throw new IllegalArgumentException(name + " has " + unit.weights.length + " weights; one for each of "
                        + features + " features needed");
            }
            Requirements.requireWithin(name + ".bias", unit.bias, LARGEST);
            for (int i = 0; i < features; i++) {
                Requirements.requireWithin(name + ".weights[" + i + "]", unit.weights[i], LARGEST);
            }
            Requirements.requireWithin(name + ".output", unit.output, LARGEST);
        }
    }
}
