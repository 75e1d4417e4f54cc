// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** Names below a horizontal axis: in up to three lines each or, where they are too wide for that, slanted. */
final class TickNames {

    private static final int MOST_LINES = 3;
    private static final double AIR = 8;
    private static final double SINE = Math.sin(Math.toRadians(Chart.SLANT));
    private static final double COSINE = Math.cos(Math.toRadians(Chart.SLANT));

    private final List<List<String>> names = new ArrayList<>();
    private final boolean slanted;

    /**
     * @param slot room of each, in pixels
     */
    TickNames(List<String> all, double slot) {
        List<List<String>> wrapped =
                all.stream().map(name -> PlotText.wrap(name, slot - AIR)).toList();
        slanted = wrapped.stream().anyMatch(lines -> lines.size() > MOST_LINES || PlotText.width(lines) > slot - AIR);
        names.addAll(slanted ? all.stream().map(List::of).toList() : wrapped);
    }

    /** Height they take below the axis. */
    double height() {
        if (slanted) {
            return AIR
                    + 6
                    + SINE * names.stream().mapToDouble(PlotText::width).max().orElse(0)
                    + PlotText.LINE;
        }
        return AIR + PlotText.LINE * names.stream().mapToInt(List::size).max().orElse(0);
    }

    /** How far the first one reaches to the left of its place. */
    double reach() {
        if (names.isEmpty()) {
            return 0;
        }
        double width = PlotText.width(names.getFirst());
        return slanted ? COSINE * width + AIR : width / 2;
    }

    /**
     * Draws.
     *
     * @param x the middle of each, by its number from 0
     * @param y of the axis
     */
    void draw(Chart chart, IntToDoubleFunction x, double y) {
        for (int i = 0; i < names.size(); i++) {
            List<String> lines = names.get(i);
            if (slanted) {
                chart.slanted("name", x.applyAsDouble(i) + 6, y + AIR + 8, lines.getFirst());
            } else {
                for (int l = 0; l < lines.size(); l++) {
                    chart.label(
                            "name", "middle", x.applyAsDouble(i), y + AIR + PlotText.LINE * (l + 0.75), lines.get(l));
                }
            }
        }
    }
}
