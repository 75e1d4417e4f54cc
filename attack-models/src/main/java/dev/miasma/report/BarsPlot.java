// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import dev.miasma.experiment.Plot;
import java.util.OptionalDouble;

/** Bars in groups, from 0; with their values on top where they are wide enough. */
final class BarsPlot {

    private static final double HEIGHT = 320;
    /** Share of a group's room that is bars. */
    private static final double FILL = 0.84;

    private static final double WIDEST = 56;
    /** A bar as wide as a value. */
    private static final double WITH_VALUE = 27;

    private final Plot.Bars plot;
    private final PlotSheet sheet;
    private final PlotLegend legend;
    private final TickNames groups;
    private final PlotArea area;

    BarsPlot(Plot.Bars plot) {
        this.plot = plot;
        LinesPlot.requireValues(plot.name(), plot.series(), plot.groups().size());
        sheet = new PlotSheet(plot.title());
        legend = new PlotLegend(plot.series(), plot.chance().isPresent());
        int places = Math.max(1, plot.groups().size());
        groups = new TickNames(plot.groups(), (PlotArea.RIGHT - PlotArea.LEFT) / places);
        // Room for the value on top of the tallest bar.
        double top = sheet.top() + legend.height() + 16;
        area = new PlotArea(
                Math.max(PlotArea.LEFT, groups.reach() - (PlotArea.RIGHT - PlotArea.LEFT) / places / 2 + 8),
                PlotArea.RIGHT,
                top,
                top + HEIGHT,
                Axis.fromZero(PlotArea.values(plot.series(), plot.chance())));
    }

    String svg() {
        Chart chart = sheet.open(
                plot.y() + ". " + PlotArea.description(plot.series(), plot.chance()),
                area.bottom() + groups.height() + 12);
        legend.draw(
                chart,
                sheet.top(),
                (i, x, y) -> chart.rectangle("bar f" + (i + 1), x, y - 6, PlotLegend.end(x) - x, 12));
        area.vertical(chart, plot.y());
        groups.draw(chart, this::middle, area.bottom());
        for (int i = 0; i < plot.series().size(); i++) {
            bars(chart, i);
        }
        area.chance(chart, plot.chance());
        for (int i = 0; i < plot.series().size(); i++) {
            values(chart, i);
        }
        return sheet.close(chart);
    }

    private double slot() {
        return (area.right() - area.left()) / plot.groups().size();
    }

    private double middle(int group) {
        return area.left() + slot() * (group + 0.5);
    }

    private double barWidth() {
        return Math.min(WIDEST, slot() * FILL / plot.series().size());
    }

    private double left(int group, int series) {
        return middle(group) + (series - plot.series().size() / 2.0) * barWidth();
    }

    private void bars(Chart chart, int series) {
        for (int g = 0; g < plot.groups().size(); g++) {
            OptionalDouble value = plot.series().get(series).values().get(g);
            if (value.isPresent()) {
                // A value of 0 is to be seen as well.
                double y = Math.min(area.y(value.getAsDouble()), area.bottom() - 1);
                chart.rectangle("bar f" + (series + 1), left(g, series) + 0.5, y, barWidth() - 1, area.bottom() - y);
            }
        }
    }

    private void values(Chart chart, int series) {
        if (barWidth() < WITH_VALUE) {
            return;
        }
        for (int g = 0; g < plot.groups().size(); g++) {
            OptionalDouble value = plot.series().get(series).values().get(g);
            double x = left(g, series) + barWidth() / 2;
            double y = area.y(value.orElse(0)) - 5;
            chart.label("value", "middle", x, y, value.isPresent() ? PlotText.two(value.getAsDouble()) : Numbers.NONE);
        }
    }
}
