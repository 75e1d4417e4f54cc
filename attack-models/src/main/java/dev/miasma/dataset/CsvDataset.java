// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A CSV file, plain or .gz, of records one would attack a model of one's own with: a header, one column of labels, and
 * numbers in all others.
 *
 * <p>Labels that occur become classes 0, 1, ... in their order: by value if all are integers, else by the alphabet.
 */
public final class CsvDataset {

    private final Path path;
    private final int labelColumn;
    private final int columns;
    private final List<double[]> features = new ArrayList<>();
    private final List<String> labels = new ArrayList<>();

    private CsvDataset(Path path, int labelColumn, int columns) {
        this.path = path;
        this.labelColumn = labelColumn;
        this.columns = columns;
    }

    /**
     * Reads a file.
     *
     * @param label name of the column of labels
     * @throws IOException if it can't be read or a field is wrong, naming file, line and column
     */
    public static Dataset read(Path path, String label) throws IOException {
        try (CSVParser csv = CsvFiles.open(path)) {
            CsvDataset table = null;
            for (CSVRecord line : csv) {
                if (table == null) {
                    int column = line.toList().indexOf(label);
                    if (column < 0) {
                        throw new IOException(path + ", header has no column '" + label + "', the labels");
                    }
                    table = new CsvDataset(path, column, line.size());
                } else {
                    table.readLine(line);
                }
            }
            if (table == null || table.features.isEmpty()) {
                throw new IOException(path + " has no records; at least 1 needed below the header");
            }
            return table.dataset();
        } catch (UncheckedIOException e) {
            throw new IOException(path + " can't be read to its end: " + DataFiles.reason(e), e);
        }
    }

    private void readLine(CSVRecord line) throws IOException {
        if (line.size() != columns) {
            throw new IOException(path + ", line " + line.getRecordNumber() + " has " + line.size() + " columns; "
                    + columns + " needed, as the header has");
        }
        double[] row = new double[columns - 1];
        for (int column = 0; column < columns; column++) {
            if (column != labelColumn) {
                row[column < labelColumn ? column : column - 1] = number(line, column);
            }
        }
        String label = line.get(labelColumn);
        if (label.isEmpty()) {
            throw wrong(line, labelColumn, "a label");
        }
        features.add(row);
        labels.add(label);
    }

    private double number(CSVRecord line, int column) throws IOException {
        double value;
        try {
            value = Double.parseDouble(line.get(column));
        } catch (NumberFormatException e) {
            throw wrong(line, column, "a number");
        }
        if (!Double.isFinite(value)) {
            throw wrong(line, column, "a finite number");
        }
        return value;
    }

    private IOException wrong(CSVRecord line, int column, String needed) {
        return new IOException(path + ", line " + line.getRecordNumber() + ", column " + (column + 1) + " is '"
                + line.get(column) + "'; " + needed + " needed");
    }

    private Dataset dataset() throws IOException {
        boolean integers = labels.stream().allMatch(label -> label.matches("-?[0-9]{1,9}"));
        TreeSet<String> names =
                new TreeSet<>(integers ? Comparator.comparingInt(Integer::parseInt) : Comparator.naturalOrder());
        names.addAll(labels);
        if (names.size() < 2) {
            throw new IOException(path + " has 1 class; at least 2 needed");
        }
        Map<String, Integer> classes = new HashMap<>();
        labels.forEach(
                label -> classes.computeIfAbsent(label, l -> names.headSet(l).size()));
        return new Dataset(
                path.getFileName() + "",
                features.toArray(double[][]::new),
                labels.stream()
                        .mapToInt(label -> classes.getOrDefault(label, 0))
                        .toArray(),
                names.size(),
                false);
    }
}
