// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import dev.miasma.experiment.Plot;
import dev.miasma.experiment.Plot.Point;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Points with their names beside them. */
final class PointsPlot {

    private static final double HEIGHT = 400;
    private static final double MARK = 5;

    private final Plot.Points plot;
    private final PlotSheet sheet;
    private final PlotArea area;
    private final Axis horizontal;

    PointsPlot(Plot.Points plot) {
        this.plot = plot;
        sheet = new PlotSheet(plot.title());
        double top = sheet.top() + 10;
        area = new PlotArea(PlotArea.LEFT, PlotArea.RIGHT, top, top + HEIGHT, axis(Point::y));
        horizontal = axis(Point::x);
    }

    private Axis axis(ToDoubleFunction<Point> coordinate) {
        return Axis.around(plot.points().stream().mapToDouble(coordinate).summaryStatistics());
    }

    String svg() {
        StringBuilder description = new StringBuilder(plot.y() + " over " + plot.x() + ".");
        for (Point point : plot.points()) {
            description
                    .append(' ')
                    .append(point.name())
                    .append(": ")
                    .append(PlotText.two(point.y()))
                    .append(" at ")
                    .append(PlotText.two(point.x()))
                    .append('.');
        }
        Chart chart = sheet.open(description.toString(), area.bottom() + 54);
        area.vertical(chart, plot.y());
        horizontal(chart);
        names(chart);
        for (Point point : plot.points()) {
            chart.path("mark f1", PlotMarks.path(0, x(point), y(point), MARK));
        }
        return sheet.close(chart);
    }

    private void horizontal(Chart chart) {
        for (int i = 0; i <= horizontal.steps(); i++) {
            double x = horizontal.at(horizontal.tick(i), area.left(), area.right());
            chart.line(i == 0 ? "axis" : "grid", x, area.top(), x, area.bottom());
            chart.label("tick", "middle", x, area.bottom() + 18, horizontal.text(i));
        }
        chart.label("name", "middle", (area.left() + area.right()) / 2, area.bottom() + 40, plot.x());
    }

    private void names(Chart chart) {
        PlotNames names = new PlotNames(area.left(), area.right() + 14, area.top() - 8, area.bottom());
        List<Point> points = plot.points();
        points.forEach(point -> names.keepFree(x(point), y(point), MARK + 1));
        for (Point point : points) {
            PlotNames.Place place = names.place(point.name(), x(point), y(point), MARK);
            PlotNames.Box box = place.box();
            if (place.far()) {
                chart.line(
                        "leader",
                        x(point),
                        y(point),
                        Math.clamp(x(point), box.left(), box.right()),
                        Math.clamp(y(point), box.top(), box.bottom()));
            }
            chart.label("point", place.anchor(), place.x(), box.bottom() - 3.5, point.name());
        }
    }

    private double x(Point point) {
        return horizontal.at(point.x(), area.left(), area.right());
    }

    private double y(Point point) {
        return area.y(point.y());
    }
}
