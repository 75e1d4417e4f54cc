// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import java.io.IOException;
import java.nio.file.Path;

/**
 * MNIST, LeCun, Cortes and Burges 1998: handwritten digits, 28 x 28 grey pixels, row by row, 0 (background) to 1, in
 * {@value #CLASSES} classes; 60,000 + 10,000 as published.
 */
public final class MnistDataset {

    /** Number of classes, the digits. */
    public static final int CLASSES = 10;

    private static final int SIDE = 28;

    private MnistDataset() {}

    /**
     * Reads mnist/{train,t10k}-images-idx3-ubyte and -labels-idx1-ubyte, plain or .gz.
     *
     * @param dataDir the folder that holds "mnist"
     * @throws IOException if a file is missing or broken, naming it, what was found and what was expected
     */
    public static PublishedDataset read(Path dataDir) throws IOException {
        Dataset training = part(dataDir, "train");
        Dataset test = part(dataDir, "t10k");
        return new PublishedDataset(IdxImages.joined(training, test), training.size());
    }

    private static Dataset part(Path dataDir, String part) throws IOException {
        return IdxImages.read(
                dataDir.resolve("mnist"),
                "MNIST",
                part + "-images-idx3-ubyte",
                part + "-labels-idx1-ubyte",
                SIDE,
                SIDE,
                CLASSES);
    }
}
