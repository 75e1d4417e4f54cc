// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import dev.miasma.evaluation.Slice;
import java.util.Comparator;
import java.util.List;

/** One bar a slice: its area under the curve, from 0 to 1, with the line of guessing at 0.5. */
final class SliceChart {

    /** More bars than this can't be read. */
    static final int MOST = 40;

    private static final int WIDTH = 720;
    private static final int LEFT = 190;
    private static final int RIGHT = 560;
    private static final int ROW = 19;
    private static final int TOP = 24;

    private SliceChart() {}

    /** The slices that have an area, those that leak most first, at most {@link #MOST}. */
    static List<Slice> leakiest(List<Slice> slices) {
        return slices.stream()
                .filter(slice -> slice.auc().isPresent())
                .sorted(Comparator.comparingDouble((Slice slice) -> slice.auc().orElseThrow())
                        .reversed())
                .limit(MOST)
                .toList();
    }

    static void draw(Markup page, String id, String title, List<Slice> shown) {
        String description = shown.isEmpty()
                ? "No slice has records of both kinds."
                : "Area under the curve, from " + shown.getFirst().name() + " at "
                        + Numbers.four(shown.getFirst().auc()) + " to "
                        + shown.getLast().name() + " at "
                        + Numbers.four(shown.getLast().auc()) + ".";
        int height = TOP + ROW * shown.size() + 12;
        Chart chart = Chart.open(page, id, WIDTH, height, title, description);
        for (int i = 0; i <= 4; i++) {
            double x = LEFT + i / 4.0 * (RIGHT - LEFT);
            chart.line("grid", x, TOP - 4, x, height - 8);
            chart.label("tick", "middle", x, TOP - 10, String.valueOf(i / 4.0));
        }
        for (int i = 0; i < shown.size(); i++) {
            Slice slice = shown.get(i);
            double y = TOP + i * ROW;
            double auc = slice.auc().orElseThrow();
            chart.label("tick", "end", LEFT - 8, y + 13, slice.name());
            chart.rectangle(slice.small() ? "bar faint" : "bar", LEFT, y + 2, auc * (RIGHT - LEFT), ROW - 5);
            chart.label(
                    "tick",
                    "start",
                    RIGHT + 8,
                    y + 13,
                    Numbers.four(auc) + "  (" + slice.members() + " + " + slice.nonMembers() + ")");
        }
        double guessing = (LEFT + RIGHT) / 2.0;
        chart.line("over", guessing, TOP - 4, guessing, height - 8).close();
    }
}
