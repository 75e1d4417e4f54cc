// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import dev.miasma.experiment.Plot;

/**
 * A plot as an SVG file that stands alone: its style inside, nothing fetched, colours for light and dark screens that
 * can be told apart without seeing them all. Equal plots give equal bytes.
 */
public final class PlotSvg {

    private PlotSvg() {}

    /** The file's text. */
    public static String of(Plot plot) {
        return switch (plot) {
            case Plot.Lines lines -> new LinesPlot(lines).svg();
            case Plot.Bars bars -> new BarsPlot(bars).svg();
            case Plot.Points points -> new PointsPlot(points).svg();
            case Plot.HeatMap map -> new HeatMapPlot(map).svg();
        };
    }
}
