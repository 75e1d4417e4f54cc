// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import java.util.List;

/**
 * A table of results.
 *
 * @param title what it shows
 * @param columns their names; the first column names the rows
 * @param rows each as long as the columns
 */
public record ResultTable(String title, List<String> columns, List<List<Cell>> rows) {

    public ResultTable {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<Cell> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException("row " + row.getFirst().text() + " of '" + title + "' has "
                        + row.size() + " cells; " + columns.size() + " needed");
            }
        }
    }
}
