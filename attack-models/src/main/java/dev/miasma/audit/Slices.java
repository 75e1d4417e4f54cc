// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import dev.miasma.dataset.PosteriorSet;
import dev.miasma.posterior.PosteriorView;
import java.util.List;
import java.util.stream.IntStream;

/** Into which slice each answer falls. */
final class Slices {

    /** Lower edges of the slices by confidence; overfitted models answer close to 1, so they narrow there. */
    private static final double[] CONFIDENCE_EDGES = {0, 0.5, 0.9, 0.99, 0.999};

    private Slices() {}

    static List<String> classNames(Answers answers) {
        String kind = answers.labelled() ? "class " : "predicted class ";
        return IntStream.range(0, answers.classes()).mapToObj(c -> kind + c).toList();
    }

    /** The true class where all are known, else the predicted one. */
    static int[] classes(Answers answers, boolean members) {
        PosteriorSet side = answers.side(members);
        return answers.labelled() ? side.labels().clone() : predictions(side);
    }

    static List<String> confidenceNames() {
        return IntStream.range(0, CONFIDENCE_EDGES.length)
                .mapToObj(i -> i + 1 < CONFIDENCE_EDGES.length
                        ? "highest posterior " + CONFIDENCE_EDGES[i] + " to " + CONFIDENCE_EDGES[i + 1]
                        : "highest posterior from " + CONFIDENCE_EDGES[i])
                .toList();
    }

    static int[] confidences(Answers answers, boolean members) {
        PosteriorSet side = answers.side(members);
        PosteriorView view = new PosteriorView();
        int[] keys = new int[side.size()];
        for (int i = 0; i < keys.length; i++) {
            double top = view.set(side.posteriors()[i]).maxPosterior();
            while (keys[i] + 1 < CONFIDENCE_EDGES.length && top >= CONFIDENCE_EDGES[keys[i] + 1]) {
                keys[i]++;
            }
        }
        return keys;
    }

    /** The share of right answers. */
    static double accuracy(PosteriorSet labelled) {
        int[] predictions = predictions(labelled);
        int right = 0;
        for (int i = 0; i < predictions.length; i++) {
            right += predictions[i] == labelled.labels()[i] ? 1 : 0;
        }
        return right / (double) predictions.length;
    }

    private static int[] predictions(PosteriorSet side) {
        PosteriorView view = new PosteriorView();
        int[] predictions = new int[side.size()];
        for (int i = 0; i < predictions.length; i++) {
            predictions[i] = view.set(side.posteriors()[i]).predictedClass();
        }
        return predictions;
    }
}
