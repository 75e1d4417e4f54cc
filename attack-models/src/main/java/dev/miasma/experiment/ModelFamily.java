// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import dev.miasma.dataset.Dataset;
import dev.miasma.dataset.ImageShape;
import dev.miasma.dataset.Standardizer;
import dev.miasma.target.LogisticRegressionTarget;
import dev.miasma.target.StandardizedTarget;
import dev.miasma.target.TargetTrainer;
import dev.miasma.target.TreeTarget;
import dev.miasma.target.TreeTarget.ForestAnswer;
import dev.miasma.target.network.NetworkOptions;
import dev.miasma.target.network.NetworkTarget;
import dev.miasma.target.network.NetworkTrainer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The families of targets and shadows, with the settings of the papers where they give any. */
public enum ModelFamily {
    /**
     * The papers' networks: for images two convolutions and 128 tanh units, else 128 tanh units (Shokri et al. 2017,
     * section VI.B; Salem et al. 2019, section III.A).
     */
    NETWORK("network", "neural network"),
    /** 100 full-grown trees that answer with their smoothed class frequencies. */
    FOREST("forest", "random forest, smoothed frequencies"),
    /** The same trees, answering with the share of their votes. */
    FOREST_VOTES("forest-votes", "random forest, share of votes"),
    /** Gradient-boosted trees, one a round and class. */
    BOOSTING("boosting", "gradient boosting"),
    /** Multinomial logistic regression without a penalty. */
    LOGISTIC("logistic", "logistic regression");

    private static final int TREES = 100;
    private static final int ROUNDS = 50;
    private static final int LEAVES = 6;
    private static final double SHRINKAGE = 0.1;
    private static final double SUBSAMPLE = 0.7;
    private static final double TOLERANCE = 1e-4;
    private static final int ITERATIONS = 200;
    /** Records that are looked at to tell bits from numbers. */
    private static final int SAMPLE = 200;

    private final String id;
    private final String title;

    ModelFamily(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /** The name on command lines and in files; never changes. */
    public String id() {
        return id;
    }

    /** For people, within a sentence. */
    public String title() {
        return title;
    }

    /** Whether training it needs PyTorch. */
    public boolean network() {
        return this == NETWORK;
    }

    /**
     * The family of a name.
     *
     * @throws IllegalArgumentException naming the unknown name and the known ones
     */
    public static ModelFamily from(String id) {
        return Arrays.stream(values())
                .filter(family -> family.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("model family is '" + id + "'; one of "
                        + Arrays.stream(values()).map(ModelFamily::id).collect(Collectors.joining(", "))
                        + " needed"));
    }

    /**
     * What trains this family on records like those given.
     *
     * @param like records of the data set
     * @param image what the records look like, if they are images
     * @param options of networks; other families have no settings to choose
     * @param networks asked only for networks
     */
    public TargetTrainer trainer(
            Dataset like, Optional<ImageShape> image, NetworkOptions options, Supplier<NetworkTrainer> networks) {
        return switch (this) {
            case NETWORK -> scaled(like, image, network(image, options, networks.get()));
            case LOGISTIC -> scaled(like, image, LogisticRegressionTarget.trainer(0, TOLERANCE, ITERATIONS));
            case FOREST -> TreeTarget.randomForest(TREES, ForestAnswer.SMOOTHED);
            case FOREST_VOTES -> TreeTarget.randomForest(TREES, ForestAnswer.VOTES);
            case BOOSTING -> TreeTarget.gradientBoosting(ROUNDS, LEAVES, SHRINKAGE, SUBSAMPLE);
        };
    }

    private static TargetTrainer network(Optional<ImageShape> image, NetworkOptions options, NetworkTrainer networks) {
        return image.map(shape ->
                        NetworkTarget.convolutional(networks, shape.channels(), shape.height(), shape.width(), options))
                .orElseGet(() -> NetworkTarget.fullyConnected(networks, options));
    }

    /** Images and numbers are standardised; bits stay as they are, and their zeros cost nothing. */
    private static TargetTrainer scaled(Dataset like, Optional<ImageShape> image, TargetTrainer trainer) {
        if (image.isPresent()) {
            return StandardizedTarget.trainer(trainer, Standardizer.PIXEL_FLOOR);
        }
        return onlyBits(like) ? trainer : StandardizedTarget.trainer(trainer, 0);
    }

    private static boolean onlyBits(Dataset dataset) {
        for (int r = 0; r < Math.min(SAMPLE, dataset.size()); r++) {
            for (double value : dataset.rows().row(r)) {
                if (value != 0 && value != 1) {
                    return false;
                }
            }
        }
        return true;
    }
}
