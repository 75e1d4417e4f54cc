// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import java.util.List;
import java.util.OptionalDouble;

/** A picture of results. All vertical values and colours are shares, from 0 to 1. */
public sealed interface Plot {

    /** The name of its file, without an ending: letters, digits and hyphens. */
    String name();

    /** What it shows, for people. */
    String title();

    /**
     * A line a series, over numbers or over names in their order.
     *
     * @param x what the horizontal axis is
     * @param y what the vertical axis is
     * @param ticks names of the places on the horizontal axis, in order, evenly spaced
     * @param series at most six, each with a value for every tick, or none where it has none
     * @param chance what guessing gives, drawn as a line across
     */
    record Lines(
            String name,
            String title,
            String x,
            String y,
            List<String> ticks,
            List<Series> series,
            OptionalDouble chance)
            implements Plot {

        public Lines {
            ticks = List.copyOf(ticks);
            series = List.copyOf(series);
        }
    }

    /**
     * Bars in groups.
     *
     * @param y what the vertical axis is
     * @param groups names of the groups, in order
     * @param series at most six, a bar in every group each
     * @param chance what guessing gives, drawn as a line across
     */
    record Bars(String name, String title, String y, List<String> groups, List<Series> series, OptionalDouble chance)
            implements Plot {

        public Bars {
            groups = List.copyOf(groups);
            series = List.copyOf(series);
        }
    }

    /**
     * Named points.
     *
     * @param x what the horizontal axis is, 0 to 1
     * @param y what the vertical axis is, 0 to 1
     */
    record Points(String name, String title, String x, String y, List<Point> points) implements Plot {

        public Points {
            points = List.copyOf(points);
        }
    }

    /**
     * A table of shares as colours, with the figures in it.
     *
     * @param rows what the rows are, and their names
     * @param columns what the columns are, and their names
     * @param values rows x columns
     */
    record HeatMap(
            String name,
            String title,
            String rowAxis,
            List<String> rows,
            String columnAxis,
            List<String> columns,
            List<List<Double>> values)
            implements Plot {

        public HeatMap {
            rows = List.copyOf(rows);
            columns = List.copyOf(columns);
            values = values.stream().map(List::copyOf).toList();
        }
    }

    /**
     * One line, or one bar a group.
     *
     * @param name for the legend
     * @param values one a tick or group
     */
    record Series(String name, List<OptionalDouble> values) {

        public Series {
            values = List.copyOf(values);
        }
    }

    /** A named point. */
    record Point(String name, double x, double y) {}
}
