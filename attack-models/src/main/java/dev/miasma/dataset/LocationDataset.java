// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

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
     * Reads location/bangkok.gz: lines of the class, "1" to "30", and the features.
     *
     * @param dataDir the folder that holds "location"
     * @throws IOException if the file is missing or isn't the data set, naming it and what was expected
     */
    public static Dataset read(Path dataDir) throws IOException {
        Path path = dataDir.resolve("location").resolve("bangkok.gz");
        double[][] features = new double[RECORDS][];
        int[] labels = new int[RECORDS];
        int row = 0;
        try (CSVParser csv = CsvFiles.open(path)) {
            for (CSVRecord line : csv) {
                if (row == RECORDS) {
                    throw broken(path, "more lines than that");
                }
                labels[row] = label(path, row, line);
                features[row] = features(path, row, line);
                row++;
            }
        } catch (UncheckedIOException e) {
            throw broken(path, "after " + row + " lines: " + CsvFiles.reason(e));
        }
        if (row < RECORDS) {
            throw broken(path, row + " lines");
        }
        return new Dataset("Location-30", features, labels, CLASSES, false);
    }

    private static int label(Path path, int row, CSVRecord line) throws IOException {
        String text = line.get(0);
        for (int c = 1; c <= CLASSES && text.length() <= 2; c++) {
            if (text.equals(Integer.toString(c))) {
                return c - 1;
            }
        }
        throw broken(path, "line " + (row + 1) + " has another class");
    }

    private static double[] features(Path path, int row, CSVRecord line) throws IOException {
        if (line.size() != FEATURES + 1) {
            throw broken(path, "line " + (row + 1) + " has " + line.size() + " fields");
        }
        double[] values = new double[FEATURES];
        for (int i = 0; i < FEATURES; i++) {
            String text = line.get(i + 1);
            if (!text.equals("0") && !text.equals("1")) {
                throw broken(path, "line " + (row + 1) + ", field " + (i + 2) + " is neither 0 nor 1");
            }
            values[i] = text.charAt(0) - '0';
        }
        return values;
    }

    private static IOException broken(Path path, String found) {
        return new IOException(path + " isn't the Location-30 data set: " + RECORDS + " lines of a class 1 to "
                + CLASSES + " and " + FEATURES + " fields 0 or 1 expected, found " + found);
    }
}
