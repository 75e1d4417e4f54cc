// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.target;

import dev.miasma.dataset.Dataset;
import dev.miasma.dataset.PosteriorSet;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import smile.classification.GradientTreeBoost;
import smile.classification.RandomForest;
import smile.data.DataFrame;
import smile.data.Tuple;
import smile.data.formula.Formula;
import smile.data.type.StructType;
import smile.data.vector.IntVector;
import smile.math.MathEx;
import smile.model.cart.SplitRule;

/**
 * Ensembles of trees, trained and answered by Smile. A class that no training record has gets probability 0.
 *
 * <p>An answer takes some 0.1 ms, most of it for the library's rows; {@link #answers} wraps them once for all records.
 * One answer at a time: Smile's models aren't made for several threads.
 */
public final class TreeTarget implements TargetModel {

    private static final String LABEL = "label";
    private static final int LARGEST_DEPTH = 64;
    private static final int NODE_SIZE = 1;

    private final Object lock = new Object();
    private final Ensemble ensemble;
    private final StructType schema;
    private final int classes;
    /** The class of each of the ensemble's. */
    private final int[] trained;

    /** What a forest answers. The two give membership away very differently, so it is always said which is asked. */
    public enum ForestAnswer {
        /** The mean of the trees' class frequencies at the leaves, smoothed by Laplace: what Smile predicts. */
        SMOOTHED,
        /** The share of trees that vote for a class. On an overfitted forest it gives away almost every member. */
        VOTES
    }

    /** A model of Smile: the posterior of one row. */
    @FunctionalInterface
    private interface Ensemble {
        int predict(Tuple row, double[] posterior);
    }

    private TreeTarget(Ensemble ensemble, Rows rows) {
        this.ensemble = ensemble;
        this.schema = rows.features.schema();
        this.classes = rows.classes;
        this.trained = rows.trained;
    }

    /**
     * Trains random forests (Breiman 2001) of full-grown trees on bootstrap samples, splits by Gini impurity over the
     * square root of the number of features.
     *
     * @param trees number of trees, at least 1
     * @param answer what the model answers
     */
    public static TargetTrainer randomForest(int trees, ForestAnswer answer) {
        return (dataset, seed) -> {
            Rows rows = new Rows(dataset);
            MathEx.setSeed(seed);
            // Smile grows trees on many threads; each tree takes its own seed there.
            long[] seeds = new Random(seed).longs(trees, 1, Long.MAX_VALUE).toArray();
            int nodes = Math.max(2, dataset.size());
            RandomForest forest = RandomForest.fit(
                    Formula.lhs(LABEL),
                    rows.labelled,
                    new RandomForest.Options(
                            trees, 0, SplitRule.GINI, LARGEST_DEPTH, nodes, NODE_SIZE, 1, null, seeds, null));
            return new TreeTarget(
                    switch (answer) {
                        case SMOOTHED -> forest::predict;
                        case VOTES -> forest::vote;
                    },
                    rows);
        };
    }

    /**
     * Trains gradient boosting (Friedman 2001): one regression tree a round and class. Many classes take long: 30 of
     * them some half a minute for 50 rounds.
     *
     * @param rounds number of trees a class, at least 1
     * @param leaves of each tree, at least 2
     * @param shrinkage learning rate, above 0 and at most 1
     * @param subsample share of the records each tree sees, above 0 and at most 1
     */
    public static TargetTrainer gradientBoosting(int rounds, int leaves, double shrinkage, double subsample) {
        return (dataset, seed) -> {
            Rows rows = new Rows(dataset);
            // Smile's random numbers belong to the thread that trains.
            MathEx.setSeed(seed);
            GradientTreeBoost boosted = GradientTreeBoost.fit(
                    Formula.lhs(LABEL),
                    rows.labelled,
                    new GradientTreeBoost.Options(
                            rounds, LARGEST_DEPTH, leaves, NODE_SIZE, shrinkage, subsample, null, null));
            return new TreeTarget(boosted::predict, rows);
        };
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public int features() {
        return schema.length();
    }

    @Override
    public void posterior(double[] x, double[] out) {
        if (x.length != features()) {
            throw new IllegalArgumentException("record has " + x.length + " features; " + features() + " needed");
        }
        synchronized (lock) {
            predict(Tuple.of(schema, x), out);
        }
    }

    @Override
    public PosteriorSet answers(Dataset dataset) {
        double[][] posteriors = new double[dataset.size()][classes];
        if (posteriors.length > 0) {
            DataFrame rows = DataFrame.of(dataset.features(), schema.names());
            synchronized (lock) {
                for (int i = 0; i < posteriors.length; i++) {
                    predict(rows.get(i), posteriors[i]);
                }
            }
        }
        return new PosteriorSet(posteriors, dataset.labels());
    }

    private void predict(Tuple row, double[] out) {
        double[] compact = new double[trained.length];
        ensemble.predict(row, compact);
        Arrays.fill(out, 0, classes, 0);
        for (int c = 0; c < compact.length; c++) {
            out[trained[c]] = compact[c];
        }
    }

    /** A data set as Smile wants it: columns with names, and labels without a gap. */
    private static final class Rows {
        private final DataFrame features;
        private final DataFrame labelled;
        private final int classes;
        private final int[] trained;

        Rows(Dataset dataset) {
            classes = dataset.classes();
            trained = Arrays.stream(dataset.labels()).distinct().sorted().toArray();
            if (trained.length < 2) {
                throw new IllegalArgumentException(
                        dataset.name() + " has records of " + trained.length + " class; at least 2 needed");
            }
            String[] names =
                    IntStream.range(0, dataset.width()).mapToObj(i -> "f" + i).toArray(String[]::new);
            double[][] records = dataset.features();
            features = DataFrame.of(records, names);
            int[] compact = Arrays.stream(dataset.labels())
                    .map(label -> Arrays.binarySearch(trained, label))
                    .toArray();
            labelled = DataFrame.of(records, names).add(new IntVector(LABEL, compact));
        }
    }
}
