// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import java.util.Arrays;

/**
 * Labelled records. The arrays are shared, not copied: treat them as constant.
 *
 * @param name for people to read
 * @param features records x features
 * @param labels one a record, 0 to classes - 1
 * @param classes number of classes, at least 2
 * @param synthetic whether the records were generated
 */
@SuppressWarnings("ArrayRecordComponent") // data sets are large, and nobody compares them
public record Dataset(String name, double[][] features, int[] labels, int classes, boolean synthetic) {

    public Dataset {
        if (features.length != labels.length) {
            throw new IllegalArgumentException(
                    name + " has " + features.length + " records and " + labels.length + " labels; as many needed");
        }
        if (classes < 2) {
            throw new IllegalArgumentException(name + " has " + classes + " classes; at least 2 needed");
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException(
                        name + ", record " + i + " has label " + labels[i] + "; 0 to " + (classes - 1) + " needed");
            }
            if (features[i].length != features[0].length) {
                throw new IllegalArgumentException(name + ", record " + i + " has " + features[i].length + " features; "
                        + features[0].length + " needed, as record 0");
            }
        }
    }

    /** Number of records. */
    public int size() {
        return labels.length;
    }

    /** Number of features; 0 if there is no record. */
    public int width() {
        return features.length == 0 ? 0 : features[0].length;
    }

    /** The records of these indices, in this order, sharing their arrays. */
    public Dataset subset(int[] indices) {
        double[][] rows = Arrays.stream(indices).mapToObj(i -> features[i]).toArray(double[][]::new);
        int[] chosen = Arrays.stream(indices).map(i -> labels[i]).toArray();
        return new Dataset(name, rows, chosen, classes, synthetic);
    }
}
