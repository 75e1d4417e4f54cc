// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.training;

import dev.miasma.dataset.PosteriorSet;
import dev.miasma.posterior.PosteriorView;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Sets of answers, put together and taken apart. */
public final class PosteriorSets {

    private PosteriorSets() {}

    /** All records, set after set. */
    public static PosteriorSet concatenated(List<PosteriorSet> sets) {
        return new PosteriorSet(
                sets.stream().flatMap(set -> Arrays.stream(set.posteriors())).toArray(double[][]::new),
                sets.stream().flatMapToInt(set -> Arrays.stream(set.labels())).toArray());
    }

    /**
     * Answers of models with different numbers of classes as answers over the largest number: the classes that a model
     * doesn't know get probability 0. Every posterior feature but the standard deviation stays as it is.
     */
    static List<PosteriorSet> overTheSameClasses(List<PosteriorSet> sets) {
        int classes = sets.stream().mapToInt(PosteriorSet::classes).max().orElse(0);
        return sets.stream()
                .map(set -> new PosteriorSet(
                        Arrays.stream(set.posteriors())
                                .map(p -> Arrays.copyOf(p, classes))
                                .toArray(double[][]::new),
                        set.labels()))
                .toList();
    }

    /** The records of a class: the true one where it is known, else the predicted one. */
    public static PosteriorSet ofClass(PosteriorSet set, int c) {
        PosteriorView view = new PosteriorView();
        return set.subset(IntStream.range(0, set.size())
                .filter(i -> view.set(set.posteriors()[i], set.classes(), set.labels()[i])
                                .referenceClass()
                        == c)
                .toArray());
    }
}
