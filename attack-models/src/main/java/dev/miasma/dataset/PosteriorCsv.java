// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import dev.miasma.posterior.InvalidPosteriorException;
import dev.miasma.posterior.PosteriorView;
import dev.miasma.posterior.Posteriors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads CSV files of posteriors, plain or .gz.
 *
 * <p>With a header the columns are p0, p1, ... in any place, and optionally label (0 to classes - 1, or empty) and
 * member (1, 0, true or false). Without one, every column is a probability.
 */
public final class PosteriorCsv {

    /** How far a row may be from summing to 1: a served posterior is often rounded. */
    public static final double SUM_TOLERANCE = 0.02;

    private static final int MAX_CLASSES = 100_000;

    private final Path path;
    private int labelColumn = -1;
    private int memberColumn = -1;
    private int[] classColumns = new int[0];
    private int columns;

    private final List<double[]> posteriors = new ArrayList<>();
    private final List<Integer> labels = new ArrayList<>();
    private final List<Boolean> members = new ArrayList<>();

    private PosteriorCsv(Path path) {
        this.path = path;
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it can't be read or a field is wrong, naming file, line and column
     */
    public static PosteriorTable read(Path path) throws IOException {
        return new PosteriorCsv(path).read();
    }

    private PosteriorTable read() throws IOException {
        try (CSVParser csv = CsvFiles.open(path)) {
            for (CSVRecord line : csv) {
                if (line.getRecordNumber() == 1 && columnsOf(line)) {
                    continue;
                }
                readLine(line);
            }
        } catch (UncheckedIOException e) {
            throw new IOException(path + " after " + posteriors.size() + " rows: " + DataFiles.reason(e), e);
        }
        if (posteriors.isEmpty()) {
            throw new IOException(path + " has no rows; at least 1 needed");
        }
        PosteriorSet all = new PosteriorSet(
                posteriors.toArray(double[][]::new),
                labels.stream().mapToInt(Integer::intValue).toArray());
        return new PosteriorTable(all, memberColumn < 0 ? Optional.empty() : Optional.of(flags()));
    }

    /** Learns the columns from the first line. Whether that was a header. */
    private boolean columnsOf(CSVRecord line) throws IOException {
        columns = line.size();
        if (line.stream().allMatch(PosteriorCsv::isNumber)) {
            classColumns = new int[columns];
            Arrays.setAll(classColumns, i -> i);
            return false;
        }
        int[] found = new int[columns];
        Arrays.fill(found, -1);
        int classes = 0;
        for (int column = 0; column < columns; column++) {
            String name = line.get(column);
            if (name.equals("label") && labelColumn < 0) {
                labelColumn = column;
            } else if (name.equals("member") && memberColumn < 0) {
                memberColumn = column;
            } else {
                int index = classIndex(name);
                if (index < 0 || index >= columns || found[index] >= 0) {
                    throw new IOException(path + ", header, column " + (column + 1) + " is '" + name
                            + "'; label, member or p0, p1, ... needed, each once");
                }
                found[index] = column;
                classes++;
            }
        }
        classColumns = Arrays.copyOf(found, classes);
        for (int i = 0; i < classes; i++) {
            if (classColumns[i] < 0) {
                throw new IOException(path + ", header has " + classes + " probabilities, but no column p" + i);
            }
        }
        return true;
    }

    private void readLine(CSVRecord line) throws IOException {
        if (line.size() != columns) {
            throw new IOException(path + ", line " + line.getRecordNumber() + " has " + line.size() + " columns; "
                    + columns + " needed");
        }
        double[] posterior = new double[classColumns.length];
        for (int i = 0; i < posterior.length; i++) {
            posterior[i] = number(line, classColumns[i]);
        }
        try {
            Posteriors.requireValid(posterior, posterior.length, SUM_TOLERANCE, MAX_CLASSES);
        } catch (InvalidPosteriorException e) {
            throw new IOException(path + ", line " + line.getRecordNumber() + ": " + e.getMessage(), e);
        }
        posteriors.add(posterior);
        labels.add(label(line));
        if (memberColumn >= 0) {
            members.add(member(line));
        }
    }

    private int label(CSVRecord line) throws IOException {
        if (labelColumn < 0 || line.get(labelColumn).isEmpty()) {
            return PosteriorView.UNKNOWN;
        }
        double label = number(line, labelColumn);
        if (!(label >= 0 && label < classColumns.length) || label != Math.rint(label)) {
            throw wrong(line, labelColumn, "an integer from 0 to " + (classColumns.length - 1));
        }
        return (int) label;
    }

    private boolean member(CSVRecord line) throws IOException {
        return switch (line.get(memberColumn)) {
            case "1", "true" -> true;
            case "0", "false" -> false;
            default -> throw wrong(line, memberColumn, "1, 0, true or false");
        };
    }

    private double number(CSVRecord line, int column) throws IOException {
        try {
            return Double.parseDouble(line.get(column));
        } catch (NumberFormatException e) {
            throw wrong(line, column, "a number");
        }
    }

    private IOException wrong(CSVRecord line, int column, String needed) {
        return new IOException(path + ", line " + line.getRecordNumber() + ", column " + (column + 1) + " is '"
                + line.get(column) + "'; " + needed + " needed");
    }

    private boolean[] flags() {
        boolean[] flags = new boolean[members.size()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = members.get(i);
        }
        return flags;
    }

    private static boolean isNumber(String text) {
        try {
            Double.parseDouble(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** 12 of "p12", or -1. */
    private static int classIndex(String name) {
        return name.matches("p[0-9]{1,6}") ? Integer.parseInt(name.substring(1)) : -1;
    }
}
