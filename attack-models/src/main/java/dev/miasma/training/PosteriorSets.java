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
