// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipException;

/**
 * Texas-100 of Shokri et al. 2017: 67,330 hospital stays, 6,169 or 6,170 bits of causes, diagnoses and the patient (the
 * paper has one more than the file), in {@value #CLASSES} classes of the main procedure.
 */
public final class TexasDataset {

    /** Number of classes. */
    public static final int CLASSES = 100;

    private static final int FEWEST_FEATURES = 6169;
    private static final int MOST_FEATURES = 6170;

    private TexasDataset() {}

    /**
     * Reads texas/100/feats, lines of bits, and texas/100/labels, lines of the class, 1 to {@value #CLASSES}; plain or
     * .gz.
     *
     * @param dataDir the folder that holds "texas"
     * @throws IOException if a file is missing or broken, naming it, what was found and what was expected
     */
    public static Dataset read(Path dataDir) throws IOException {
        Path folder = dataDir.resolve("texas").resolve("100");
        Path path = DataFiles.require(folder, "feats");
        Path labelPath = DataFiles.require(folder, "labels");
        String expected = "lines of " + FEWEST_FEATURES + " or " + MOST_FEATURES + " fields 0 or 1";
        BitFeatures features = BitLines.read(path, expected, 0).features();
        if (features.width() != FEWEST_FEATURES && features.width() != MOST_FEATURES) {
            throw DataFiles.broken(path, expected, features.width() + " features in " + features.size() + " lines");
        }
        return new Dataset("Texas-100", features, labels(labelPath, features.size()), CLASSES, false);
    }

    private static int[] labels(Path path, int size) throws IOException {
        String expected = size + " lines of a class 1 to " + CLASSES + ", as there are records,";
        int[] labels = new int[size];
        int row = 0;
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(DataFiles.open(path), StandardCharsets.ISO_8859_1))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String text = line.strip();
                if (!text.matches("[1-9][0-9]{0,2}") || Integer.parseInt(text) > CLASSES || row == size) {
                    throw DataFiles.broken(path, expected, "another line " + (row + 1));
                }
                labels[row++] = Integer.parseInt(text) - 1;
            }
        } catch (ZipException | EOFException e) {
            throw DataFiles.broken(path, expected, "after " + row + " lines: " + DataFiles.reason(e));
        }
        if (row < size) {
            throw DataFiles.broken(path, expected, row + " lines");
        }
        return labels;
    }
}
