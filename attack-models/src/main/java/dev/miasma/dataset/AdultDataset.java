// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Adult, or Census Income, Becker and Kohavi 1996, from the UCI Machine Learning Repository: whether a person earns more
 * than 50,000 dollars a year (class 1) or not (class 0); 32,561 + 16,281 records of 6 numbers and 8 categories.
 *
 * <p>Numbers are moved and scaled to mean 0 and standard deviation 1 over adult.data; each category that occurs there is
 * a feature of 0 or 1, in the order of the columns and then the alphabet.
 */
public final class AdultDataset {

    /** Number of classes. */
    public static final int CLASSES = 2;

    private static final int FIELDS = 15;
    private static final String MISSING = "?";
    private static final String EXPECTED = "lines of 14 attributes and <=50K or >50K, parted by commas,";

    /** What becomes of records in which a category is missing, which the files write as "?". */
    public enum Missing {
        /** Missing is a category like any other; all 48,842 records stay, of 108 features. The usual choice. */
        AS_CATEGORY,
        /** Such records are left out: 30,162 + 15,060 records of 104 features stay. */
        DROP
    }

    private final Path path;
    private final Missing missing;
    private final List<String[]> rows = new ArrayList<>();
    private final List<Integer> labels = new ArrayList<>();

    private AdultDataset(Path path, Missing missing) {
        this.path = path;
        this.missing = missing;
    }

    /**
     * Reads adult/adult.data and adult/adult.test, plain or .gz.
     *
     * @param dataDir the folder that holds "adult"
     * @throws IOException if a file is missing or broken, naming it, what was found and what was expected
     */
    public static PublishedDataset read(Path dataDir, Missing missing) throws IOException {
        Path folder = dataDir.resolve("adult");
        AdultDataset training = new AdultDataset(DataFiles.require(folder, "adult.data"), missing);
        AdultDataset test = new AdultDataset(DataFiles.require(folder, "adult.test"), missing);
        training.readLines();
        test.readLines();
        AdultEncoding encoding = AdultEncoding.fit(training.rows);
        List<double[]> features = new ArrayList<>();
        training.rows.forEach(row -> features.add(encoding.encode(row)));
        test.rows.forEach(row -> features.add(encoding.encode(row)));
        List<Integer> labels = new ArrayList<>(training.labels);
        labels.addAll(test.labels);
        Dataset all = new Dataset(
                "Adult",
                features.toArray(double[][]::new),
                labels.stream().mapToInt(Integer::intValue).toArray(),
                CLASSES,
                false);
        return new PublishedDataset(all, training.rows.size());
    }

    private void readLines() throws IOException {
        try (CSVParser csv = CsvFiles.open(path)) {
            for (CSVRecord line : csv) {
                // The test file begins with "|1x3 Cross validator".
                if (line.getRecordNumber() == 1 && line.get(0).startsWith("|")) {
                    continue;
                }
                readLine(line);
            }
        } catch (UncheckedIOException e) {
            throw DataFiles.broken(path, EXPECTED, "after " + rows.size() + " lines: " + DataFiles.reason(e));
        }
        if (rows.isEmpty()) {
            throw DataFiles.broken(path, EXPECTED, "none");
        }
    }

    private void readLine(CSVRecord line) throws IOException {
        if (line.size() != FIELDS) {
            throw wrong(line, "has " + line.size() + " fields");
        }
        String[] values = line.values();
        for (int column : AdultEncoding.NUMBERS) {
            if (!values[column].matches("[0-9]{1,9}")) {
                throw wrong(line, "field " + (column + 1) + " is no number");
            }
        }
        int label = switch (line.get(FIELDS - 1)) {
            // In the test file labels end in a dot.
            case "<=50K", "<=50K." -> 0;
            case ">50K", ">50K." -> 1;
            default -> throw wrong(line, "ends in another class");
        };
        if (missing == Missing.DROP && List.of(values).contains(MISSING)) {
            return;
        }
        rows.add(values);
        labels.add(label);
    }

    private IOException wrong(CSVRecord line, String what) {
        return DataFiles.broken(path, EXPECTED, "that record " + line.getRecordNumber() + " " + what);
    }
}
