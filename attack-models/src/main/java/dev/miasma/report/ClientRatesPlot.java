// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How often each client reaches each cut of an attack score, a strip of marks a cut, with the bound before and after a
 * calibration on traffic. A file that stands alone, as {@link PlotSvg} makes them.
 */
public final class ClientRatesPlot {

    private static final double HEIGHT = 360;
    /** Half the width of a mark and of a bound, as shares of a cut's room. */
    private static final double MARK = 0.2;

    private static final double BOUND = 0.4;
    private static final double SAMPLE = 28;

    /**
     * A cut.
     *
     * @param nominalRate names it
     * @param rates one a client, 0 to 1
     * @param oldBound before
     * @param newBound after; absent where the cut was merged
     */
    @SuppressWarnings("ArrayRecordComponent") // Handed over once, never compared.
    public record Cut(double nominalRate, double[] rates, double oldBound, OptionalDouble newBound) {}

    private final List<Cut> cuts;
    private final PlotSheet sheet = new PlotSheet("How often clients reach the cuts of the attack score");
    private final PlotArea area;

    private ClientRatesPlot(List<Cut> cuts) {
        this.cuts = cuts;
        double top = sheet.top() + 34;
        DoubleSummaryStatistics all = new DoubleSummaryStatistics();
        all.accept(1);
        area = new PlotArea(PlotArea.LEFT, PlotArea.RIGHT, top, top + HEIGHT, Axis.fromZero(all));
    }

    /** The file's text. */
    public static String svg(List<Cut> cuts) {
        return new ClientRatesPlot(List.copyOf(cuts)).draw();
    }

    private String draw() {
        int clients = cuts.isEmpty() ? 0 : cuts.getFirst().rates().length;
        Chart chart = sheet.open(
                "For each cut, the share of its distinct queries with which each of " + clients
                        + " clients reaches it, the bound before and the bound after.",
                area.bottom() + 54);
        legend(chart);
        area.vertical(chart, "share of a client's queries");
        double room = (area.right() - area.left()) / Math.max(1, cuts.size());
        for (int j = 0; j < cuts.size(); j++) {
            strip(chart, cuts.get(j), area.left() + (j + 0.5) * room, room);
        }
        chart.label(
                "name",
                "middle",
                (area.left() + area.right()) / 2,
                area.bottom() + 40,
                "nominal false-positive rate of the cut");
        return sheet.close(chart);
    }

    private void strip(Chart chart, Cut cut, double x, double room) {
        // Marks that fall on one pixel are one: a strip of ten thousand clients is no larger than the picture.
        Arrays.stream(cut.rates())
                .map(rate -> Math.rint(area.y(rate)))
                .distinct()
                .sorted()
                .forEach(y -> chart.line("line s6", x - MARK * room, y, x + MARK * room, y));
        bound(chart, "line s2 dash2", x, room, cut.oldBound());
        cut.newBound().ifPresent(bound -> bound(chart, "line s1", x, room, bound));
        chart.label("tick", "middle", x, area.bottom() + 18, percent(cut.nominalRate()));
    }

    private void bound(Chart chart, String style, double x, double room, double bound) {
        chart.line(style, x - BOUND * room, area.y(bound), x + BOUND * room, area.y(bound));
    }

    private void legend(Chart chart) {
        double x = PlotArea.LEFT;
        for (String[] entry :
                new String[][] {{"line s6", "clients"}, {"line s2 dash2", "bound before"}, {"line s1", "bound after"}
                }) {
            double y = area.top() - 20;
            chart.line(entry[0], x, y, x + SAMPLE, y);
            chart.label("name", "start", x + SAMPLE + 8, y + 4.5, entry[1]);
            x += SAMPLE + PlotText.width(entry[1]) + 28;
        }
    }

    private static String percent(double rate) {
        return String.format(Locale.ROOT, rate < 0.01 ? "%.1f %%" : "%.0f %%", 100 * rate);
    }
}
