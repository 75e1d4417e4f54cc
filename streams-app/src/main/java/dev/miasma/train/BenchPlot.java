// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

import dev.miasma.experiment.Plot;
import dev.miasma.report.PlotSvg;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The picture of a measurement: shares as bars in groups. */
public final class BenchPlot {
    /** Bars of a group that can be told apart. */
    public static final int MOST = 6;

    private BenchPlot() {}

    /**
     * The SVG's text.
     *
     * @param name of the picture
     * @param title of the picture
     * @param y what the shares are of
     * @param groups names of the groups
     * @param series shares by name, one a group each, at most {@value #MOST}; what is above 1 is drawn as 1
     */
    public static String svg(
            String name, String title, String y, List<String> groups, Map<String, List<Double>> series) {
        return PlotSvg.of(new Plot.Bars(
                name,
                title,
                y,
                groups,
                series.entrySet().stream()
                        .limit(MOST)
                        .map(bar -> new Plot.Series(
                                bar.getKey(),
                                bar.getValue().stream()
                                        .map(value -> OptionalDouble.of(Math.clamp(value, 0, 1)))
                                        .toList()))
                        .toList(),
                OptionalDouble.empty()));
    }
}
