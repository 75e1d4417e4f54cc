// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import java.util.Arrays;

/**
 * Mean 0 and standard deviation 1 for each feature of the records it was fitted on, which is how the code of ML-Leaks
 * (Salem et al. 2019) prepares images and texts. Fit it on a target's or shadow's training records, apply it to all that
 * model is asked about.
 *
 * @param means one a feature
 * @param scales one a feature, above 0
 */
@SuppressWarnings("ArrayRecordComponent") // large, and nobody compares them
public record Standardizer(double[] means, double[] scales) {

    /** ML-Leaks' lower bound of a standard deviation of pixels of 0 to 255. */
    public static final double PIXEL_FLOOR = 1 / 255.0;

    /**
     * Fits.
     *
     * @param dataset at least one record
     * @param floor lower bound of the standard deviation (population) a feature is divided by, 0 for none; a feature
     *     that never changes is then divided by 1
     */
    public static Standardizer fit(Dataset dataset, double floor) {
        if (dataset.size() == 0) {
            throw new IllegalArgumentException(dataset.name() + " has no record; at least 1 needed");
        }
        int width = dataset.width();
        double[] means = new double[width];
        double[] squares = new double[width];
        double[] row = new double[width];
        for (int r = 0; r < dataset.size(); r++) {
            dataset.rows().row(r, row);
            // Welford's update: exact enough for features of any scale.
            for (int i = 0; i < width; i++) {
                double delta = row[i] - means[i];
                means[i] += delta / (r + 1);
                squares[i] += delta * (row[i] - means[i]);
            }
        }
        double[] scales = Arrays.stream(squares)
                .map(sum -> Math.max(Math.sqrt(sum / dataset.size()), floor))
                .map(scale -> scale == 0 ? 1 : scale)
                .toArray();
        return new Standardizer(means, scales);
    }

    /** The same records, standardised when they are asked for; as wide as those fitted on. */
    public Dataset apply(Dataset dataset) {
        if (dataset.size() > 0 && dataset.width() != means.length) {
            throw new IllegalArgumentException(
                    dataset.name() + " has " + dataset.width() + " features; " + means.length + " needed");
        }
        return dataset.with(new ScaledFeatures(dataset.rows(), means, scales));
    }
}
