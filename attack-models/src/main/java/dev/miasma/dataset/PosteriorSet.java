// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import dev.miasma.posterior.PosteriorView;
import java.util.Arrays;

/**
 * A model's answers to some records. The arrays are shared, not copied: treat them as constant.
 *
 * @param posteriors records x classes
 * @param labels one a record, {@link PosteriorView#UNKNOWN} where not known
 */
@SuppressWarnings("ArrayRecordComponent") // sets are large, and nobody compares them
public record PosteriorSet(double[][] posteriors, int[] labels) {

    public PosteriorSet {
        if (posteriors.length != labels.length) {
            throw new IllegalArgumentException(
                    "posteriors are " + posteriors.length + " and labels " + labels.length + "; as many needed");
        }
        for (int i = 0; i < posteriors.length; i++) {
            if (posteriors[i].length != posteriors[0].length) {
                throw new IllegalArgumentException("posterior " + i + " has " + posteriors[i].length + " classes; "
                        + posteriors[0].length + " needed, as posterior 0");
            }
        }
    }

    /** Answers to records of unknown label. */
    public static PosteriorSet unlabelled(double[][] posteriors) {
        int[] labels = new int[posteriors.length];
        Arrays.fill(labels, PosteriorView.UNKNOWN);
        return new PosteriorSet(posteriors, labels);
    }

    /** Number of records. */
    public int size() {
        return labels.length;
    }

    /** Number of classes; 0 if there is no record. */
    public int classes() {
        return posteriors.length == 0 ? 0 : posteriors[0].length;
    }

    /** The same answers with the labels forgotten, as a stream without true labels shows them. */
    public PosteriorSet withoutLabels() {
        return unlabelled(posteriors);
    }

    /** The records of these indices, in this order. */
    public PosteriorSet subset(int[] indices) {
        return new PosteriorSet(
                Arrays.stream(indices).mapToObj(i -> posteriors[i]).toArray(double[][]::new),
                Arrays.stream(indices).map(i -> labels[i]).toArray());
    }
}
