// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import dev.miasma.experiment.Plot.Series;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The rectangle that values lie in.
 *
 * @param left pixel of the vertical axis
 * @param right pixel of the other end
 * @param top pixel of the largest value
 * @param bottom pixel of the horizontal axis
 * @param vertical which values
 */
record PlotArea(double left, double right, double top, double bottom, Axis vertical) {

    /** Room for the vertical axis' ticks and name. */
    static final double LEFT = 68;

    static final double RIGHT = PlotSheet.WIDTH - 20;

    double y(double value) {
        return vertical.at(value, bottom, top);
    }

    /** Grid, ticks and name of the vertical axis. */
    void vertical(Chart chart, String name) {
        for (int i = 0; i <= vertical.steps(); i++) {
            double y = y(vertical.tick(i));
            chart.line(i == 0 ? "axis" : "grid", left, y, right, y);
            chart.label("tick", "end", left - 8, y + 4.5, vertical.text(i));
        }
        chart.upright("name", left - 48, (top + bottom) / 2, name);
    }

    void chance(Chart chart, OptionalDouble chance) {
        if (chance.isPresent()) {
            double y = y(chance.getAsDouble());
            // Its own ground, so that it is seen on any bar.
            chart.line("ground", left, y, right, y).line("chance", left, y, right, y);
        }
    }

    /** All values of a plot with series. */
    static DoubleSummaryStatistics values(List<Series> series, OptionalDouble chance) {
        DoubleStream values =
                series.stream().flatMap(one -> one.values().stream()).flatMapToDouble(OptionalDouble::stream);
        return DoubleStream.concat(values, chance.stream()).summaryStatistics();
    }

    /** "A: 0.52 to 0.91." for each series. */
    static String description(List<Series> series, OptionalDouble chance) {
        Stream<String> ranges = series.stream().map(one -> {
            DoubleSummaryStatistics range = values(List.of(one), OptionalDouble.empty());
            return one.name() + ": "
                    + (range.getCount() == 0
                            ? Numbers.NONE
                            : PlotText.two(range.getMin()) + " to " + PlotText.two(range.getMax()))
                    + ".";
        });
        Stream<String> guessing = chance.isPresent()
                ? Stream.of("Guessing: " + PlotText.two(chance.getAsDouble()) + ".")
                : Stream.empty();
        return String.join(" ", Stream.concat(ranges, guessing).toList());
    }
}
