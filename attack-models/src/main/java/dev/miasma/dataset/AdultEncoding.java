// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of Adult's attributes.
 *
 * @param columns one an attribute
 * @param width features of a record
 */
record AdultEncoding(List<Column> columns, int width) {

    /** Indices of the attributes that are numbers. */
    static final List<Integer> NUMBERS = List.of(0, 2, 4, 10, 11, 12);

    private static final int ATTRIBUTES = 14;

    /**
     * One attribute.
     *
     * @param categories in their order; null for a number
     * @param mean of a number
     * @param deviation of a number, above 0
     */
    private record Column(@Nullable List<String> categories, double mean, double deviation) {}

    /** Learns categories, means and standard deviations. */
    static AdultEncoding fit(List<String[]> rows) {
        List<Column> columns = new ArrayList<>();
        int width = 0;
        for (int attribute = 0; attribute < ATTRIBUTES; attribute++) {
            int column = attribute;
            if (NUMBERS.contains(attribute)) {
                double mean = rows.stream()
                        .mapToDouble(row -> number(row, column))
                        .average()
                        .orElse(0);
                double variance = rows.stream()
                        .mapToDouble(row -> Math.pow(number(row, column) - mean, 2))
                        .average()
                        .orElse(0);
                columns.add(new Column(null, mean, variance == 0 ? 1 : Math.sqrt(variance)));
                width++;
            } else {
                TreeSet<String> categories = new TreeSet<>();
                rows.forEach(row -> categories.add(row[column]));
                columns.add(new Column(List.copyOf(categories), 0, 1));
                width += categories.size();
            }
        }
        return new AdultEncoding(columns, width);
    }

    /** One record; a category not learnt leaves all features of its attribute 0. */
    double[] encode(String[] row) {
        double[] out = new double[width];
        int at = 0;
        for (int attribute = 0; attribute < ATTRIBUTES; attribute++) {
            Column column = columns.get(attribute);
            if (column.categories() == null) {
                out[at++] = (number(row, attribute) - column.mean()) / column.deviation();
            } else {
                int category = column.categories().indexOf(row[attribute]);
                if (category >= 0) {
                    out[at + category] = 1;
                }
                at += column.categories().size();
            }
        }
        return out;
    }

    private static double number(String[] row, int column) {
        return Integer.parseInt(row[column]);
    }
}
