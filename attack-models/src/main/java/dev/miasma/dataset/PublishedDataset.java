// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

/**
 * A data set with the split its authors published. The membership-inference papers join both parts, shuffle, and cut
 * anew: that is {@link #all()} and {@link Split}.
 *
 * @param all the training part, then the test part
 * @param trainingRecords size of the training part
 */
public record PublishedDataset(Dataset all, int trainingRecords) {

    public PublishedDataset {
        if (trainingRecords < 0 || trainingRecords > all.size()) {
            throw new IllegalArgumentException(
                    all.name() + " has " + trainingRecords + " training records; 0 to " + all.size() + " needed");
        }
    }

    /** The published training part. */
    public Dataset training() {
        return all.range(0, trainingRecords);
    }

    /** The published test part. */
    public Dataset test() {
        return all.range(trainingRecords, all.size());
    }
}
