// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Records of a CSV file, one a row. A column is numeric where all its cells are numbers or empty; the cells of other columns
 * are texts; an empty cell is null. The first row is a header where records get their names from it, and where it has a text
 * above a numeric column or the name of the column that is left out.
 */
final class CsvRecords implements TrainingRecords {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setTrim(true).setIgnoreEmptyLines(true).get();
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Path file;
    private final Optional<String> label;
    private final boolean named;

    private List<String> first = List.of();
    private boolean[] numeric = new boolean[0];
    private boolean header;
    private int left = -1;

    /**
     * @param file to read, twice
     * @param label the column to leave out, by name, or by index, which from the end is negative; none for no column
     * @param named whether a record becomes an object with the header's names and not an array
     */
    CsvRecords(Path file, Optional<String> label, boolean named) {
        this.file = file;
        this.label = label;
        this.named = named;
    }

    @Override
    public void each(Sink sink) throws IOException {
        look();
        if (named && first.stream().distinct().count() < first.size()) {
            throw new TrainingFilterException(
                    file, "has a name twice in its first row, which --named takes for the names");
        }
        rows((line, row) -> {
            if (!header || line > 1) {
                sink.take(line, features(row));
            }
        });
    }

    private interface RowSink {
        void take(long number, CSVRecord row) throws IOException;
    }

    private void rows(RowSink sink) throws IOException {
        try (CSVParser parser = FORMAT.parse(Files.newBufferedReader(file))) {
            for (CSVRecord row : parser) {
                if (!first.isEmpty() && row.size() != first.size()) {
                    throw new TrainingFilterException(
                            file,
                            "row " + row.getRecordNumber() + " has " + row.size() + " columns: the first has "
                                    + first.size());
                }
                sink.take(row.getRecordNumber(), row);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Finds out which columns are numeric, whether there is a header, and which column is left out. */
    private void look() throws IOException {
        rows((number, row) -> {
            if (number == 1) {
                first = row.toList();
                numeric = new boolean[first.size()];
                Arrays.fill(numeric, true);
            } else {
                for (int i = 0; i < numeric.length; i++) {
                    numeric[i] &= row.get(i).isEmpty() || isNumber(row.get(i));
                }
            }
            header |= number > 1;
        });
        boolean severalRows = header;
        header = named || (severalRows && hasHeader());
        left = label.isEmpty() ? -1 : labelColumn(label.get());
        for (int i = 0; i < numeric.length && !header; i++) {
            numeric[i] &= first.get(i).isEmpty() || isNumber(first.get(i));
        }
    }

    private boolean hasHeader() {
        for (int i = 0; i < numeric.length; i++) {
            if (numeric[i] && !first.get(i).isEmpty() && !isNumber(first.get(i))) {
                return true;
            }
        }
        return label.isPresent() && first.contains(label.get()) && !isNumber(label.get());
    }

    private int labelColumn(String column) {
        if (header && first.contains(column)) {
            return first.indexOf(column);
        }
        int index = column.matches("-?\\d{1,6}") ? Integer.parseInt(column) : Integer.MAX_VALUE;
        int counted = index < 0 ? index + first.size() : index;
        if (counted < 0 || counted >= first.size()) {
            throw new TrainingFilterException(
                    file,
                    "has no column " + column + ": --label-column must be a name of its header, 0 to "
                            + (first.size() - 1) + ", or from the end -1 to -" + first.size());
        }
        return counted;
    }

    private static boolean isNumber(String cell) {
        return NUMBER.matcher(cell).matches();
    }

    private byte[] features(CSVRecord row) throws IOException {
        ArrayNode values = MAPPER.createArrayNode();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            if (i != left) {
                add(values, row.get(i), numeric[i]);
                names.add(first.get(i));
            }
        }
        if (!named) {
            return MAPPER.writeValueAsBytes(values);
        }
        ObjectNode fields = MAPPER.createObjectNode();
        for (int i = 0; i < names.size(); i++) {
            fields.set(names.get(i), values.get(i));
        }
        return MAPPER.writeValueAsBytes(fields);
    }

    private static void add(ArrayNode values, String cell, boolean number) {
        if (cell.isEmpty()) {
            values.addNull();
        } else if (number) {
            values.add(Double.parseDouble(cell));
        } else {
            values.add(cell);
        }
    }
}
