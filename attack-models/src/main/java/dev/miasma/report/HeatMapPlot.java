// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import dev.miasma.experiment.Plot;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/** Shares as shades of one colour, darker on a light screen and lighter on a dark one the larger they are. */
final class HeatMapPlot {

    /** Shades there are. */
    private static final int SHADES = 10;

    private static final double CELL_HEIGHT = 40;
    private static final double WIDEST = 104;
    private static final double AXIS_NAME = 26;
    private static final double GAP = 8;
    private static final double SCALE = 14;

    private final Plot.HeatMap plot;
    private final PlotSheet sheet;
    private final TickNames columns;
    private final Axis shades;
    private final double left;
    private final double top;
    private final double cellWidth;

    HeatMapPlot(Plot.HeatMap plot) {
        this.plot = plot;
        requireSquareness(plot);
        sheet = new PlotSheet(plot.title());
        double rowNames = PlotSheet.MARGIN + AXIS_NAME + PlotText.width(plot.rows()) + GAP;
        int wide = Math.max(1, plot.columns().size());
        cellWidth = Math.min(WIDEST, (PlotArea.RIGHT - rowNames) / wide);
        columns = new TickNames(plot.columns(), cellWidth);
        left = Math.max(rowNames, columns.reach() - cellWidth / 2 + GAP);
        top = sheet.top() + SCALE + 2 * GAP + 4;
        shades = Axis.around(known());
    }

    private static void requireSquareness(Plot.HeatMap plot) {
        if (plot.values().size() != plot.rows().size()) {
            throw new IllegalArgumentException("heat map " + plot.name() + " has "
                    + plot.values().size() + " rows of values; " + plot.rows().size() + " needed");
        }
        for (List<Double> row : plot.values()) {
            if (row.size() != plot.columns().size()) {
                throw new IllegalArgumentException("a row of heat map " + plot.name() + " has " + row.size()
                        + " values; " + plot.columns().size() + " needed");
            }
        }
    }

    private DoubleSummaryStatistics known() {
        return plot.values().stream()
                .flatMap(List::stream)
                .mapToDouble(value -> value)
                .filter(value -> !Double.isNaN(value))
                .summaryStatistics();
    }

    String svg() {
        double right = left + cellWidth * plot.columns().size();
        double bottom = top + CELL_HEIGHT * plot.rows().size();
        double below = bottom + columns.height();
        DoubleSummaryStatistics known = known();
        String range = known.getCount() == 0
                ? "No values."
                : "Values from " + PlotText.two(known.getMin()) + " to " + PlotText.two(known.getMax()) + ".";
        Chart chart =
                sheet.open("Rows: " + plot.rowAxis() + ". Columns: " + plot.columnAxis() + ". " + range, below + 30);
        scale(chart);
        for (int r = 0; r < plot.rows().size(); r++) {
            row(chart, r);
        }
        chart.upright("name", PlotSheet.MARGIN + 10, (top + bottom) / 2, plot.rowAxis());
        columns.draw(chart, i -> left + cellWidth * (i + 0.5), bottom - 2);
        chart.label("name", "middle", (left + right) / 2, below + 14, plot.columnAxis());
        return sheet.close(chart);
    }

    /** Which shade is which value. */
    private void scale(Chart chart) {
        double y = sheet.top() + 2;
        String low = shades.text(0);
        String high = shades.text(shades.steps());
        chart.label("tick", "start", left, y + 11, low);
        double begin = left + PlotText.width(low) + GAP;
        for (int i = 0; i < SHADES; i++) {
            chart.rectangle("cell h" + i, begin + i * 20, y, 20, SCALE);
        }
        chart.label("tick", "start", begin + SHADES * 20 + GAP, y + 11, high);
    }

    private void row(Chart chart, int row) {
        double y = top + CELL_HEIGHT * row;
        chart.label(
                "name",
                "end",
                left - GAP,
                y + CELL_HEIGHT / 2 + 4.5,
                plot.rows().get(row));
        for (int c = 0; c < plot.columns().size(); c++) {
            double value = plot.values().get(row).get(c);
            double x = left + cellWidth * c;
            boolean known = !Double.isNaN(value);
            int shade = known ? (int) Math.round(shades.at(value, 0, SHADES - 1)) : 0;
            chart.rectangle(known ? "cell h" + shade : "cell", x + 1, y + 1, cellWidth - 2, CELL_HEIGHT - 2);
            chart.label(
                    known ? "on" + shade : "tick",
                    "middle",
                    x + cellWidth / 2,
                    y + CELL_HEIGHT / 2 + 4.5,
                    known ? PlotText.two(value) : Numbers.NONE);
        }
    }
}
