// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.target;

import dev.miasma.dataset.Dataset;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.dataset.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Model stacking as a defence (Salem et al. 2019, ML-Leaks, section VI.B): models below answer a record, and a model
 * above answers their answers. Each is trained on a part of the records of its own, so that none has seen enough of a
 * member to know it by heart.
 */
public final class StackingTarget implements TargetModel {

    private final List<TargetModel> below;
    private final TargetModel above;

    private StackingTarget(List<TargetModel> below, TargetModel above) {
        this.below = List.copyOf(below);
        this.above = above;
    }

    /**
     * Trains each model on an equal part of the records, drawn by the seed; records left over are nobody's.
     *
     * @param below what trains the lower models, at least one; ML-Leaks has a network and a random forest
     * @param above what trains the upper model, on the posteriors of the lower ones put one behind the other; ML-Leaks
     *     has logistic regression
     */
    public static TargetTrainer trainer(List<TargetTrainer> below, TargetTrainer above) {
        if (below.isEmpty()) {
            throw new IllegalArgumentException("lower models of stacking are 0; at least 1 needed");
        }
        return (dataset, seed) -> train(below, above, dataset, seed);
    }

    private static StackingTarget train(List<TargetTrainer> below, TargetTrainer above, Dataset dataset, long seed) {
        int parts = below.size() + 1;
        int size = dataset.size() / parts;
        if (size < 1) {
            throw new IllegalArgumentException(dataset.name() + " has " + dataset.size() + " records; at least " + parts
                    + ", one a model of the stack, needed");
        }
        int[] sizes = new int[parts];
        Arrays.fill(sizes, size);
        Split split = Split.of(dataset, seed, sizes);
        List<TargetModel> lower = new ArrayList<>();
        for (int m = 0; m < below.size(); m++) {
            lower.add(below.get(m).train(split.part(m), seed + m));
        }
        Dataset last = split.part(below.size());
        Dataset answered = new Dataset(
                last.name() + ", answers of the lower models",
                joined(lower, last),
                last.labels(),
                last.classes(),
                last.synthetic());
        return new StackingTarget(lower, above.train(answered, seed + below.size()));
    }

    @Override
    public int classes() {
        return above.classes();
    }

    @Override
    public int features() {
        return below.getFirst().features();
    }

    @Override
    public void posterior(double[] x, double[] out) {
        double[] answers = new double[above.features()];
        int from = 0;
        for (TargetModel model : below) {
            double[] answer = model.posterior(x);
            System.arraycopy(answer, 0, answers, from, answer.length);
            from += answer.length;
        }
        above.posterior(answers, out);
    }

    /** Asks every model once for all records, which some answer faster so. */
    @Override
    public PosteriorSet answers(Dataset dataset) {
        double[][] answers = joined(below, dataset);
        double[][] posteriors = new double[answers.length][];
        for (int i = 0; i < posteriors.length; i++) {
            posteriors[i] = above.posterior(answers[i]);
        }
        return new PosteriorSet(posteriors, dataset.labels());
    }

    private static double[][] joined(List<TargetModel> models, Dataset dataset) {
        int width = models.stream().mapToInt(TargetModel::classes).sum();
        double[][] joined = new double[dataset.size()][width];
        int from = 0;
        for (TargetModel model : models) {
            PosteriorSet answers = model.answers(dataset);
            for (int i = 0; i < joined.length; i++) {
                System.arraycopy(answers.posteriors()[i], 0, joined[i], from, model.classes());
            }
            from += model.classes();
        }
        return joined;
    }
}
