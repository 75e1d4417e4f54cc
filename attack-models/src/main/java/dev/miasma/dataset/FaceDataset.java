// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The "Face" data set of ML-Leaks (Salem et al. 2019): the people of Labeled Faces in the Wild (Huang et al. 2007) with
 * at least 40 pictures, {@value #HEIGHT} x {@value #WIDTH} grey pixels, row by row, 0 to 1, in {@value #CLASSES}
 * classes. Pictures are sorted by person: shuffle before cutting.
 */
public final class FaceDataset {

    /** Rows of a picture. */
    public static final int HEIGHT = 62;

    /** Columns of a picture. */
    public static final int WIDTH = 47;

    /** Number of classes, the people. */
    public static final int CLASSES = 19;

    private FaceDataset() {}

    /**
     * Reads lfw/lfw-images-idx3-ubyte and lfw/lfw-labels-idx1-ubyte, plain or .gz.
     *
     * @param dataDir the folder that holds "lfw"
     * @throws IOException if a file is missing or broken, naming it, what was found and what was expected
     */
    public static Dataset read(Path dataDir) throws IOException {
        return IdxImages.read(
                dataDir.resolve("lfw"),
                "LFW Face",
                "lfw-images-idx3-ubyte",
                "lfw-labels-idx1-ubyte",
                HEIGHT,
                WIDTH,
                CLASSES);
    }
}
