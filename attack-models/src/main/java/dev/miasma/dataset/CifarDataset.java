// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * CIFAR-10 and CIFAR-100, Krizhevsky 2009, in their binary versions: 32 x 32 pictures, 1,024 red, then green, then blue
 * values, row by row, 0 to 1; 50,000 + 10,000 as published. Files with fewer records are read as they are.
 */
public final class CifarDataset {

    /** Features of a record. */
    public static final int FEATURES = 3 * 32 * 32;

    /** Classes of CIFAR-10. */
    public static final int CLASSES_10 = 10;

    /** Fine classes of CIFAR-100. */
    public static final int CLASSES_100 = 100;

    /** Coarse classes of CIFAR-100. */
    public static final int CLASSES_100_COARSE = 20;

    private static final int BATCHES = 5;
    private static final int MOST_RECORDS_IN_FILE = 50_000;

    private final String name;
    private final int labelBytes;
    private final int labelByte;
    private final int classes;

    private CifarDataset(String name, int labelBytes, int labelByte, int classes) {
        this.name = name;
        this.labelBytes = labelBytes;
        this.labelByte = labelByte;
        this.classes = classes;
    }

    /**
     * Reads cifar10/data_batch_1.bin to data_batch_5.bin, as many as there are, and test_batch.bin, plain or .gz.
     *
     * @param dataDir the folder that holds "cifar10"
     * @throws IOException if a file is missing or broken, naming it, what was found and what was expected
     */
    public static PublishedDataset read10(Path dataDir) throws IOException {
        Path folder = dataDir.resolve("cifar10");
        List<Path> training = new ArrayList<>();
        for (int batch = 1; batch <= BATCHES; batch++) {
            DataFiles.find(folder, "data_batch_" + batch + ".bin").ifPresent(training::add);
        }
        if (training.isEmpty()) {
            throw new NoSuchFileException(
                    folder.resolve("data_batch_1.bin").toString(),
                    null,
                    "not there, nor any other batch, nor with .gz");
        }
        return new CifarDataset("CIFAR-10", 1, 0, CLASSES_10)
                .read(training, DataFiles.require(folder, "test_batch.bin"));
    }

    /** Reads cifar100/train.bin and test.bin, plain or .gz, with the {@value #CLASSES_100} fine labels. */
    public static PublishedDataset read100(Path dataDir) throws IOException {
        return new CifarDataset("CIFAR-100", 2, 1, CLASSES_100).read100Files(dataDir);
    }

    /** Reads cifar100/train.bin and test.bin, plain or .gz, with the {@value #CLASSES_100_COARSE} coarse labels. */
    public static PublishedDataset read100Coarse(Path dataDir) throws IOException {
        return new CifarDataset("CIFAR-100 coarse", 2, 0, CLASSES_100_COARSE).read100Files(dataDir);
    }

    private PublishedDataset read100Files(Path dataDir) throws IOException {
        Path folder = dataDir.resolve("cifar100");
        return read(List.of(DataFiles.require(folder, "train.bin")), DataFiles.require(folder, "test.bin"));
    }

    private PublishedDataset read(List<Path> trainingFiles, Path testFile) throws IOException {
        int recordBytes = labelBytes + FEATURES;
        ByteArrayOutputStream all = new ByteArrayOutputStream(MOST_RECORDS_IN_FILE * recordBytes / 2);
        for (Path path : trainingFiles) {
            all.writeBytes(records(path));
        }
        int training = all.size() / recordBytes;
        all.writeBytes(records(testFile));
        byte[] bytes = all.toByteArray();
        int size = bytes.length / recordBytes;
        int[] starts = new int[size];
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
            starts[i] = i * recordBytes + labelBytes;
            labels[i] = bytes[i * recordBytes + labelByte];
        }
        ByteFeatures pixels = new ByteFeatures(bytes, FEATURES, starts);
        return new PublishedDataset(new Dataset(name, pixels, labels, classes, false), training);
    }

    /** The bytes of a file, checked. */
    private byte[] records(Path path) throws IOException {
        int recordBytes = labelBytes + FEATURES;
        String expected = name + " records of " + recordBytes + " bytes";
        byte[] bytes = DataFiles.bytes(path, MOST_RECORDS_IN_FILE * recordBytes, expected);
        if (bytes.length == 0 || bytes.length % recordBytes != 0) {
            throw DataFiles.broken(
                    path,
                    expected,
                    bytes.length / recordBytes + " records and " + bytes.length % recordBytes + " bytes");
        }
        for (int at = labelByte; at < bytes.length; at += recordBytes) {
            if (bytes[at] < 0 || bytes[at] >= classes) {
                throw DataFiles.broken(
                        path,
                        "labels 0 to " + (classes - 1),
                        "label " + (bytes[at] & 0xff) + " in record " + at / recordBytes);
            }
        }
        return bytes;
    }
}
