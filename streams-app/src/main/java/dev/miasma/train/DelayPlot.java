// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

import dev.miasma.experiment.Plot;
import dev.miasma.report.PlotSvg;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.LongToDoubleFunction;

/** The picture of delays: which share of each attack's probers was found within so many queries. */
public final class DelayPlot {
    /** Lines that can be told apart. */
    public static final int MOST = 6;

    private static final List<Long> QUERIES =
            List.of(2L, 5L, 10L, 20L, 30L, 50L, 70L, 100L, 150L, 200L, 500L, 1000L, 2000L, 5000L);

    private DelayPlot() {}

    /**
     * The SVG's text.
     *
     * @param title of the picture
     * @param within share of probers found within a number of queries, by attack, at most {@value #MOST}
     */
    public static String svg(String title, Map<String, LongToDoubleFunction> within) {
        return PlotSvg.of(new Plot.Lines(
                "delays",
                title,
                "queries of the prober",
                "share of probers found",
                QUERIES.stream().map(n -> String.format(Locale.ROOT, "%,d", n)).toList(),
                within.entrySet().stream()
                        .map(attack -> new Plot.Series(
                                attack.getKey(),
                                Arrays.stream(QUERIES.toArray(Long[]::new))
                                        .map(n -> OptionalDouble.of(
                                                attack.getValue().applyAsDouble(n)))
                                        .toList()))
                        .toList(),
                OptionalDouble.empty()));
    }
}
