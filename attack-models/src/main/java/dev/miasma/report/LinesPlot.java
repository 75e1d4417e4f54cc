// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import dev.miasma.experiment.Plot;
import dev.miasma.experiment.Plot.Series;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.OptionalDouble;

/** A line a series, each with a colour, a dash and a mark of its own. */
final class LinesPlot {

    private static final double HEIGHT = 320;
    private static final double MARK = 4.5;

    private final Plot.Lines plot;
    private final PlotSheet sheet;
    private final PlotLegend legend;
    private final TickNames ticks;
    private final PlotArea area;

    LinesPlot(Plot.Lines plot) {
        this.plot = plot;
        requireValues(plot.name(), plot.series(), plot.ticks().size());
        sheet = new PlotSheet(plot.title());
        legend = new PlotLegend(plot.series(), plot.chance().isPresent());
        int places = Math.max(1, plot.ticks().size());
        ticks = new TickNames(plot.ticks(), (PlotArea.RIGHT - PlotArea.LEFT) / places);
        double top = sheet.top() + legend.height() + 6;
        area = new PlotArea(
                Math.max(PlotArea.LEFT, ticks.reach() - (PlotArea.RIGHT - PlotArea.LEFT) / places / 2 + 8),
                PlotArea.RIGHT,
                top,
                top + HEIGHT,
                Axis.around(values(plot)));
    }

    /** Guessing lies within, not on the axis, where nobody would see it. */
    private static DoubleSummaryStatistics values(Plot.Lines plot) {
        DoubleSummaryStatistics values = PlotArea.values(plot.series(), plot.chance());
        plot.chance().ifPresent(chance -> values.accept(chance - 0.01));
        return values;
    }

    /** A value, or its absence, for every place. */
    static void requireValues(String plot, List<Series> series, int places) {
        for (Series one : series) {
            if (one.values().size() != places) {
                throw new IllegalArgumentException("series '" + one.name() + "' of plot " + plot + " has "
                        + one.values().size() + " values; " + places + " needed");
            }
        }
    }

    String svg() {
        double below = area.bottom() + ticks.height();
        Chart chart = sheet.open(
                plot.y() + " over " + plot.x() + ". " + PlotArea.description(plot.series(), plot.chance()), below + 30);
        legend.draw(chart, sheet.top(), (i, x, y) -> {
            chart.line("line dash" + (i + 1) + " s" + (i + 1), x, y, PlotLegend.end(x), y);
            mark(chart, i, (x + PlotLegend.end(x)) / 2, y);
        });
        area.vertical(chart, plot.y());
        area.chance(chart, plot.chance());
        ticks.draw(chart, this::x, area.bottom());
        chart.label("name", "middle", (area.left() + area.right()) / 2, below + 16, plot.x());
        for (int i = plot.series().size() - 1; i >= 0; i--) {
            series(chart, i);
        }
        return sheet.close(chart);
    }

    private double x(int tick) {
        return area.left() + (tick + 0.5) / plot.ticks().size() * (area.right() - area.left());
    }

    /** Where a value is missing the line has a gap. */
    private void series(Chart chart, int number) {
        List<OptionalDouble> values = plot.series().get(number).values();
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).isPresent()) {
                boolean begins = i == 0 || values.get(i - 1).isEmpty();
                path.append(begins ? 'M' : 'L')
                        .append(Numbers.pixel(x(i)))
                        .append(' ')
                        .append(Numbers.pixel(area.y(values.get(i).getAsDouble())));
            }
        }
        if (path.isEmpty()) {
            return;
        }
        chart.path("line dash" + (number + 1) + " s" + (number + 1), path.toString());
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).isPresent()) {
                mark(chart, number, x(i), area.y(values.get(i).getAsDouble()));
            }
        }
    }

    private static void mark(Chart chart, int series, double x, double y) {
        chart.path("mark f" + (series + 1), PlotMarks.path(series, x, y, MARK));
    }
}
