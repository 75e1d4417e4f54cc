// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import dev.miasma.experiment.Plot.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which colour, dash and mark is what, in as many rows as it takes; also for whoever can't tell the colours apart. */
final class PlotLegend {

    /** Styles that can be told apart. */
    static final int MOST = 6;

    private static final double SAMPLE = 28;
    private static final double GAP = 8;
    private static final double BETWEEN = 20;
    private static final double ROW = 20;
    private static final String GUESSING = "guessing";

    /** Draws the sample of a series, given its number from 0, the left end and the middle height. */
    interface Sample {
        void draw(int series, double x, double y);
    }

    private record Entry(String name, double x, int row) {}

    private final List<Entry> entries = new ArrayList<>();
    private final boolean chance;

    PlotLegend(List<Series> series, boolean chance) {
        if (series.size() > MOST) {
            throw new IllegalArgumentException("series are " + series.size() + "; at most " + MOST + " needed");
        }
        this.chance = chance;
        List<String> names = new ArrayList<>(series.stream().map(Series::name).toList());
        Optional.of(GUESSING).filter(any -> chance).ifPresent(names::add);
        double x = PlotSheet.MARGIN;
        int row = 0;
        for (String name : names) {
            double width = SAMPLE + GAP + PlotText.width(name);
            if (x + width > PlotSheet.WIDTH - PlotSheet.MARGIN && x > PlotSheet.MARGIN) {
                x = PlotSheet.MARGIN;
                row++;
            }
            entries.add(new Entry(name, x, row));
            x += width + BETWEEN;
        }
    }

    double height() {
        return entries.isEmpty() ? 0 : ROW * (entries.getLast().row() + 1) + GAP;
    }

    void draw(Chart chart, double top, Sample sample) {
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            double y = top + ROW * (entry.row() + 0.5);
            if (chance && i == entries.size() - 1) {
                chart.line("chance", entry.x(), y, entry.x() + SAMPLE, y);
            } else {
                sample.draw(i, entry.x(), y);
            }
            chart.label("name", "start", entry.x() + SAMPLE + GAP, y + 4.5, entry.name());
        }
    }

    /** Right end of a sample that begins at x. */
    static double end(double x) {
        return x + SAMPLE;
    }
}
