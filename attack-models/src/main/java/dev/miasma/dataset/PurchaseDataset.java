// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Purchase-100 of Shokri et al. 2017: whether each of 197,324 shoppers bought each of {@value #FEATURES} products, in
 * {@value #CLASSES} clusters of shopping styles.
 */
public final class PurchaseDataset {

    /** Number of features. */
    public static final int FEATURES = 600;

    /** Number of classes. */
    public static final int CLASSES = 100;

    private PurchaseDataset() {}

    /**
     * Reads purchase/dataset_purchase, plain or .gz: lines of the class, 1 to {@value #CLASSES}, and the features.
     *
     * @param dataDir the folder that holds "purchase"
     * @throws IOException if the file is missing or broken, naming it, what was found and what was expected
     */
    public static Dataset read(Path dataDir) throws IOException {
        Path path = DataFiles.require(dataDir.resolve("purchase"), "dataset_purchase");
        String expected = "lines of a class 1 to " + CLASSES + " and " + FEATURES + " fields 0 or 1";
        BitLines lines = BitLines.read(path, expected, CLASSES);
        BitFeatures features = lines.features();
        if (features.width() != FEATURES) {
            throw DataFiles.broken(path, expected, features.width() + " features in " + features.size() + " lines");
        }
        return new Dataset("Purchase-100", features, lines.labels(), CLASSES, false);
    }
}
