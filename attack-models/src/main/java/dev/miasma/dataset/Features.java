// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

/**
 * The records of a data set, records x features, kept as compactly as their kind allows: an image is bytes, a text is
 * its few words. A record becomes numbers when it is asked for. Immutable and thread-safe.
 */
public sealed interface Features permits DenseFeatures, ByteFeatures, BitFeatures, SparseFeatures, ScaledFeatures {

    /** Number of records. */
    int size();

    /** Number of features; 0 if there is no record. */
    int width();

    /**
     * Writes one record.
     *
     * @param index of the record, from 0
     * @param out takes the features, at least {@link #width()} long
     */
    void row(int index, double[] out);

    /** The records of these indices, in this order, sharing what they are kept in. */
    Features subset(int[] indices);

    /** One record; treat it as constant, it may be shared. */
    default double[] row(int index) {
        double[] out = new double[width()];
        row(index, out);
        return out;
    }

    /** All records as numbers: 8 bytes a feature, so 245 MB for 10,000 colour images of 32 x 32. */
    default double[][] toArray() {
        double[][] rows = new double[size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row(i);
        }
        return rows;
    }

    /** Records as they are, sharing the arrays. */
    static Features of(double[][] rows) {
        return new DenseFeatures(rows);
    }
}
