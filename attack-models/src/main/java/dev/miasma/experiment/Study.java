// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import java.util.List;

/**
 * How large the experiments are, and on which data.
 *
 * @param datasets names of those there are, in the order of reports
 * @param quick fewer records and epochs, for a result in minutes
 * @param seed of every random choice
 */
public record Study(List<String> datasets, boolean quick, long seed) {

    /** Data sets of the papers that can be had freely, least overfitted first as the papers have it. */
    public static final List<String> ALL = List.of("adult", "mnist", "location", "cifar10", "lfw", "news", "cifar100");

    public Study {
        datasets = List.copyOf(datasets);
    }

    /** The papers' network on a data set. */
    public ModelJob target(String dataset) {
        return ModelJob.target(dataset, ModelFamily.NETWORK, epochs(dataset), members(dataset), seed);
    }

    /** Members of a target: a quarter of the data at most, as in ML-Leaks, and 10,000 as in Shokri et al. */
    public int members(String dataset) {
        return switch (dataset) {
            case "location" -> 1252;
            case "lfw" -> 466;
            case "adult", "purchase", "texas" -> quick ? 3000 : 10_000;
            case "mnist" -> quick ? 2500 : 10_000;
            case "cifar10" -> quick ? 1500 : 2850;
            case "news" -> quick ? 1500 : 4500;
            case "cifar100" -> quick ? 2500 : 5275;
            default -> throw new IllegalArgumentException("data set is '" + dataset + "'; one of " + ALL + " needed");
        };
    }

    /**
     * Epochs of the papers' network: 50, as in the code released with ML-Leaks. On Adult and MNIST the papers' targets
     * generalise well; ours do when they stop early.
     */
    public int epochs(String dataset) {
        return switch (dataset) {
            case "adult" -> 5;
            case "mnist" -> quick ? 3 : 10;
            case "location" -> 50;
            case "cifar100" -> quick ? 25 : 50;
            default -> quick ? 20 : 50;
        };
    }
}
