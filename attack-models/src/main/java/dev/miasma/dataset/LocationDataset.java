// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The Location-30 data set of Shokri et al., "Membership Inference Attacks Against Machine Learning Models", 2017:
 * Foursquare check-ins in Bangkok, {@value #RECORDS} people x {@value #FEATURES} places and kinds of places, 0 or 1,
 * in {@value #CLASSES} clusters.
 */
public final class LocationDataset {

    /** Number of records. */
    public static final int RECORDS = 5010;

    /** Number of features. */
    public static final int FEATURES = 446;

    /** Number of classes. */
    public static final int CLASSES = 30;

    private LocationDataset() {}

    /**
     * Reads location/bangkok, plain or .gz: lines of the class, "1" to "30", and the features.
     *
     * @param dataDir the folder that holds "location"
     * @throws IOException if the file is missing or isn't the data set, naming it and what was expected
     */
    public static Dataset read(Path dataDir) throws IOException {
        Path path = DataFiles.require(dataDir.resolve("location"), "bangkok");
        String expected = RECORDS + " lines of a class 1 to " + CLASSES + " and " + FEATURES + " fields 0 or 1";
        BitLines lines = BitLines.read(path, expected, CLASSES);
        BitFeatures features = lines.features();
        if (features.size() != RECORDS || features.width() != FEATURES) {
            throw DataFiles.broken(path, expected, features.size() + " lines of " + features.width() + " features");
        }
        // Small enough to be kept as numbers, and so shared by whoever trains on it.
        return new Dataset("Location-30", features.toArray(), lines.labels(), CLASSES, false);
    }
}
