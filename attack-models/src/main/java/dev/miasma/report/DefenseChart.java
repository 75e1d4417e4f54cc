// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import dev.miasma.audit.DefenseAuditResult;
import dev.miasma.audit.DefenseResult;
import dev.miasma.audit.Exposure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Privacy against utility: what the adaptive attacker gets of each defence, over how far it moves answers. */
final class DefenseChart {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 400;
    private static final double LEFT = 70;
    private static final double RIGHT = 690;
    private static final double TOP = 20;
    private static final double BOTTOM = 340;
    private static final double MARK = 5;
    private static final double[] STEPS = {0.01, 0.02, 0.05, 0.1, 0.2, 0.5};
    private static final int MOST_STEPS = 6;

    private record Point(String name, double x, double y) {}

    private final DefenseAuditResult result;
    private final List<Point> points = new ArrayList<>();
    private final double stepX;
    private final double stepY;
    private final double mostX;
    private final double mostY;

    private DefenseChart(DefenseAuditResult result) {
        this.result = result;
        points.add(new Point("none", 0, value(result.undefended())));
        for (DefenseResult defence : result.defences()) {
            points.add(new Point(
                    defence.id(),
                    defence.utility().distortion(),
                    value(defence.attackers().adaptive())));
        }
        double largestX = points.stream().mapToDouble(Point::x).max().orElse(0);
        double largestY = Math.max(
                result.resolvable() ? result.target() : 0.5,
                points.stream().mapToDouble(Point::y).max().orElse(0));
        stepX = step(largestX);
        stepY = step(largestY);
        mostX = stepX * Math.max(1, Math.ceil(largestX / stepX));
        mostY = stepY * Math.max(1, Math.ceil(largestY / stepY));
    }

    static void draw(Markup page, DefenseAuditResult result) {
        new DefenseChart(result).draw(page);
    }

    private void draw(Markup page) {
        StringBuilder description = new StringBuilder(name()).append(" over distortion.");
        points.forEach(p -> description
                .append(' ')
                .append(p.name())
                .append(": ")
                .append(Numbers.four(p.y()))
                .append(" at ")
                .append(Numbers.four(p.x()))
                .append('.'));
        Chart chart =
                Chart.open(page, "defences-plot", WIDTH, HEIGHT, "Privacy against utility", description.toString());
        for (int i = 0; i * stepX <= mostX + stepX / 2; i++) {
            chart.line("grid", x(i * stepX), TOP, x(i * stepX), BOTTOM);
            chart.label("tick", "middle", x(i * stepX), BOTTOM + 20, tick(i * stepX));
        }
        for (int i = 0; i * stepY <= mostY + stepY / 2; i++) {
            chart.line("grid", LEFT, y(i * stepY), RIGHT, y(i * stepY));
            chart.label("tick", "end", LEFT - 8, y(i * stepY) + 4.5, tick(i * stepY));
        }
        double line = result.resolvable() ? result.target() : 0.5;
        chart.line("chance", LEFT, y(line), RIGHT, y(line));
        chart.label("tick", "middle", (LEFT + RIGHT) / 2, BOTTOM + 44, "distortion: mean L1 distance, 0 to 2");
        chart.upright("tick", LEFT - 48, (TOP + BOTTOM) / 2, name());
        names(chart);
        points.forEach(p -> chart.path("bar", PlotMarks.path(0, x(p.x()), y(p.y()), MARK)));
        chart.close();
    }

    private void names(Chart chart) {
        PlotNames names = new PlotNames(LEFT, RIGHT + 20, TOP - 10, BOTTOM);
        points.forEach(p -> names.keepFree(x(p.x()), y(p.y()), MARK + 1));
        for (Point p : points) {
            PlotNames.Place place = names.place(p.name(), x(p.x()), y(p.y()), MARK);
            PlotNames.Box box = place.box();
            if (place.far()) {
                chart.line(
                        "grid",
                        x(p.x()),
                        y(p.y()),
                        Math.clamp(x(p.x()), box.left(), box.right()),
                        Math.clamp(y(p.y()), box.top(), box.bottom()));
            }
            chart.label("tick", place.anchor(), place.x(), box.bottom() - 3.5, p.name());
        }
    }

    private String name() {
        return result.resolvable() ? "TPR at 1 % FPR, adaptive attacker" : "AUC, adaptive attacker";
    }

    private double value(Exposure exposure) {
        return exposure.tprAt1Percent().orElse(exposure.auc());
    }

    private double x(double value) {
        return LEFT + value / mostX * (RIGHT - LEFT);
    }

    private double y(double value) {
        return BOTTOM - value / mostY * (BOTTOM - TOP);
    }

    private static double step(double largest) {
        for (double step : STEPS) {
            if (largest <= MOST_STEPS * step) {
                return step;
            }
        }
        return STEPS[STEPS.length - 1];
    }

    private static String tick(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
