// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.defense;

import dev.miasma.target.LogisticRegressionTarget;
import dev.miasma.target.StackingTarget;
import dev.miasma.target.TargetTrainer;
import dev.miasma.target.TreeTarget;
import dev.miasma.target.network.NetworkOptions;
import java.util.List;
import java.util.function.Function;

/**
 * A defence in the training of a network, for experiments to name.
 *
 * @param kind which
 * @param strength the L2 penalty, or the share that is dropped; 0 for kinds without one
 */
public record TrainingDefense(Kind kind, double strength) {

    /** No defence at all. */
    public static final TrainingDefense NONE = new TrainingDefense(Kind.NONE, 0);

    /** Epochs without a lower loss on held-out records before training stops. */
    static final int PATIENCE = 5;

    private static final int TREES = 100;
    /** What scikit-learn's logistic regression takes unless told otherwise; ML-Leaks names no other. */
    private static final double UPPER_RIDGE = 1;

    private static final double UPPER_TOLERANCE = 1e-4;
    private static final int UPPER_ITERATIONS = 200;
    private static final String L2_PREFIX = "l2-";
    private static final String DROPOUT_PREFIX = "dropout-";

    /** The kinds of defences. */
    public enum Kind {
        /** Trained as the papers train their targets. */
        NONE,
        /** A penalty on squared weights (Shokri et al. 2017, section VIII). */
        L2,
        /** Dropout on inputs and hidden layers (Salem et al. 2019, section VI.A). */
        DROPOUT,
        /** Training stops when held-out records don't profit any more (Song and Mittal 2021 as a defence). */
        EARLY_STOPPING,
        /** Network and forest below, logistic regression above, on disjoint thirds (Salem et al. 2019, section VI.B). */
        STACKING
    }

    public TrainingDefense {
        switch (kind) {
            case L2 -> require("L2 penalty", strength, strength > 0 && strength <= 1, "above 0 and at most 1");
            case DROPOUT -> require("dropped share", strength, strength > 0 && strength < 1, "above 0 and below 1");
            default -> require("strength of '" + kind + "'", strength, strength == 0, "0");
        }
    }

    /**
     * The defence of a name: none, l2-0.001, dropout-0.5, early-stopping or stacking.
     *
     * @throws IllegalArgumentException naming what is wrong and what is needed
     */
    public static TrainingDefense parse(String spec) {
        if (spec.startsWith(L2_PREFIX)) {
            return new TrainingDefense(Kind.L2, strength(spec, L2_PREFIX));
        }
        if (spec.startsWith(DROPOUT_PREFIX)) {
            return new TrainingDefense(Kind.DROPOUT, strength(spec, DROPOUT_PREFIX));
        }
        return switch (spec) {
            case "none" -> NONE;
            case "early-stopping" -> new TrainingDefense(Kind.EARLY_STOPPING, 0);
            case "stacking" -> new TrainingDefense(Kind.STACKING, 0);
            default -> throw unknown(spec);
        };
    }

    /** What {@link #parse} makes this defence of again. */
    public String id() {
        return switch (kind) {
            case NONE -> "none";
            case L2 -> L2_PREFIX + DefenseParser.number(strength);
            case DROPOUT -> DROPOUT_PREFIX + DefenseParser.number(strength);
            case EARLY_STOPPING -> "early-stopping";
            case STACKING -> "stacking";
        };
    }

    /** For people. */
    public String title() {
        return switch (kind) {
            case NONE -> "no defence";
            case L2 -> "L2 " + DefenseParser.number(strength);
            case DROPOUT -> "dropout " + DefenseParser.number(strength);
            case EARLY_STOPPING -> "early stopping";
            case STACKING -> "stacking";
        };
    }

    /** Who described it: paper and section. */
    public String source() {
        return switch (kind) {
            case NONE -> "the papers' targets";
            case L2 -> "Shokri et al. 2017, section VIII";
            case DROPOUT -> "Salem et al. 2019 (ML-Leaks), section VI.A";
            case EARLY_STOPPING -> "Song and Mittal 2021, early stopping as a baseline of defences";
            case STACKING -> "Salem et al. 2019 (ML-Leaks), section VI.B";
        };
    }

    /**
     * What trains with this defence.
     *
     * @param options of the undefended network
     * @param network makes the trainer of a network with given options
     */
    public TargetTrainer trainer(NetworkOptions options, Function<NetworkOptions, TargetTrainer> network) {
        return switch (kind) {
            case NONE -> network.apply(options);
            case L2 -> network.apply(options.withL2(strength));
            case DROPOUT -> network.apply(options.withDropout(strength, strength));
            case EARLY_STOPPING -> network.apply(options.withPatience(PATIENCE));
            case STACKING ->
                StackingTarget.trainer(
                        List.of(
                                network.apply(options),
                                TreeTarget.randomForest(TREES, TreeTarget.ForestAnswer.SMOOTHED)),
                        LogisticRegressionTarget.trainer(UPPER_RIDGE, UPPER_TOLERANCE, UPPER_ITERATIONS));
        };
    }

    private static double strength(String spec, String prefix) {
        try {
            return Double.parseDouble(spec.substring(prefix.length()));
        } catch (NumberFormatException e) {
            throw unknown(spec);
        }
    }

    private static void require(String name, double value, boolean holds, String needed) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + "; " + needed + " needed");
        }
    }

    private static IllegalArgumentException unknown(String spec) {
        return new IllegalArgumentException("training defence is '" + spec
                + "'; none, l2-0.001, dropout-0.5, early-stopping or stacking needed, with numbers of your choice");
    }
}
