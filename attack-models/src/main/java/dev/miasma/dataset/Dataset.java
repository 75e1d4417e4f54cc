// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import java.util.Arrays;

/**
 * Labelled records. What they are kept in is shared, not copied: treat arrays as constant.
 *
 * @param name for people to read
 * @param rows records x features
 * @param labels one a record, 0 to classes - 1
 * @param classes number of classes, at least 2
 * @param synthetic whether the records were generated
 */
@SuppressWarnings("ArrayRecordComponent") // data sets are large, and nobody compares them
public record Dataset(String name, Features rows, int[] labels, int classes, boolean synthetic) {

    public Dataset {
        if (rows.size() != labels.length) {
            throw new IllegalArgumentException(
                    name + " has " + rows.size() + " records and " + labels.length + " labels; as many needed");
        }
        if (classes < 2) {
            throw new IllegalArgumentException(name + " has " + classes + " classes; at least 2 needed");
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException(
                        name + ", record " + i + " has label " + labels[i] + "; 0 to " + (classes - 1) + " needed");
            }
        }
    }

    /**
     * Records kept as numbers.
     *
     * @param features records x features, all of one length
     */
    public Dataset(String name, double[][] features, int[] labels, int classes, boolean synthetic) {
        this(name, Features.of(features), labels, classes, synthetic);
        for (int i = 0; i < features.length; i++) {
            if (features[i].length != features[0].length) {
                throw new IllegalArgumentException(name + ", record " + i + " has " + features[i].length + " features; "
                        + features[0].length + " needed, as record 0");
            }
        }
    }

    /**
     * All records as numbers, records x features. Where they are kept otherwise (images, texts) each call makes them
     * afresh, 8 bytes a feature: call it once, or ask {@link #rows()} for one at a time.
     */
    public double[][] features() {
        return rows.toArray();
    }

    /** Number of records. */
    public int size() {
        return labels.length;
    }

    /** Number of features; 0 if there is no record. */
    public int width() {
        return rows.width();
    }

    /** The records of these indices, in this order, sharing what they are kept in. */
    public Dataset subset(int[] indices) {
        int[] chosen = Arrays.stream(indices).map(i -> labels[i]).toArray();
        return new Dataset(name, rows.subset(indices), chosen, classes, synthetic);
    }

    /** The records from one index up to, not including, another. */
    public Dataset range(int from, int to) {
        int[] indices = new int[to - from];
        Arrays.setAll(indices, i -> from + i);
        return subset(indices);
    }

    /** The same labels with other features, one record for each. */
    public Dataset with(Features other) {
        return new Dataset(name, other, labels, classes, synthetic);
    }
}
