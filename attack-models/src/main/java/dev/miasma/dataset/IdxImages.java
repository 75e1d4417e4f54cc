// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Pairs of idx files, images and labels. */
final class IdxImages {

    private IdxImages() {}

    /**
     * Reads images with their labels.
     *
     * @param folder holds both files, plain or .gz
     * @param name of the data set
     * @throws IOException if a file is missing or broken, or they don't belong together
     */
    static Dataset read(
            Path folder, String name, String imageFile, String labelFile, int height, int width, int classes)
            throws IOException {
        Path imagePath = DataFiles.require(folder, imageFile);
        Path labelPath = DataFiles.require(folder, labelFile);
        IdxFile images = IdxFile.read(imagePath, height, width);
        IdxFile labels = IdxFile.read(labelPath);
        if (images.size() != labels.size()) {
            throw DataFiles.broken(labelPath, images.size() + " labels, as there are images,", labels.size() + "");
        }
        int[] values = labels.labels();
        int largest = Arrays.stream(values).max().orElse(0);
        if (largest >= classes) {
            throw DataFiles.broken(labelPath, "labels 0 to " + (classes - 1), "label " + largest);
        }
        return new Dataset(name, ByteFeatures.of(images.values(), height * width), values, classes, false);
    }

    /** Two data sets of images, one after the other. */
    static Dataset joined(Dataset first, Dataset second) {
        byte[] one = ((ByteFeatures) first.rows()).bytes();
        byte[] two = ((ByteFeatures) second.rows()).bytes();
        byte[] bytes = Arrays.copyOf(one, one.length + two.length);
        System.arraycopy(two, 0, bytes, one.length, two.length);
        int[] labels = Arrays.copyOf(first.labels(), first.size() + second.size());
        System.arraycopy(second.labels(), 0, labels, first.size(), second.size());
        return new Dataset(first.name(), ByteFeatures.of(bytes, first.width()), labels, first.classes(), false);
    }
}
