// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import dev.miasma.audit.AttackResult;
import dev.miasma.evaluation.Percent;
import dev.miasma.evaluation.Roc;
import java.util.List;

/**
 * The curves of all attacks on log-log axes, as Carlini et al. 2022 draw them: the left edge, where few non-members are
 * accused, is what matters.
 */
final class RocChart {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 520;
    private static final int LEFT = 70;
    private static final int RIGHT = 700;
    private static final int TOP = 15;
    private static final int BOTTOM = 460;

    /** A point nearer than this to the last one drawn adds nothing to see. */
    private static final double STEP = 0.7;

    private final int decadesX;
    private final int decadesY;

    private RocChart(Roc any) {
        decadesX = decades(any.nonMembers());
        decadesY = decades(any.members());
    }

    /**
     * Draws.
     *
     * @param attacks all of them; those not featured stay in the background
     * @param featured at most four, in the order of the styles of the legend
     */
    static void draw(Markup page, List<AttackResult> attacks, List<AttackResult> featured) {
        Roc any = attacks.getFirst().figures().roc();
        RocChart roc = new RocChart(any);
        StringBuilder best = new StringBuilder("True-positive rate over false-positive rate, both axes logarithmic.");
        for (AttackResult attack : featured) {
            best.append(' ')
                    .append(attack.title())
                    .append(": area ")
                    .append(Numbers.four(attack.figures().roc().auc()))
                    .append('.');
        }
        Chart chart = Chart.open(page, "roc", WIDTH, HEIGHT, "ROC curves of all attacks", best.toString());
        roc.axes(chart, any);
        for (AttackResult attack : attacks) {
            if (!featured.contains(attack)) {
                chart.path("curve other", roc.curve(attack.figures().roc()));
            }
        }
        for (int i = featured.size() - 1; i >= 0; i--) {
            chart.path(
                    "curve series" + (i + 1),
                    roc.curve(featured.get(i).figures().roc()));
        }
        chart.close();
    }

    private void axes(Chart chart, Roc any) {
        double resolved = x(1.0 / any.nonMembers());
        chart.rectangle("blind", LEFT, TOP, resolved - LEFT, BOTTOM - TOP);
        for (int d = 0; d <= decadesX; d++) {
            double rate = Math.pow(10, -d);
            chart.line("grid", x(rate), TOP, x(rate), BOTTOM);
            chart.label("tick", "middle", x(rate), BOTTOM + 20, Percent.of(rate));
        }
        for (int d = 0; d <= decadesY; d++) {
            double rate = Math.pow(10, -d);
            chart.line("grid", LEFT, y(rate), RIGHT, y(rate));
            chart.label("tick", "end", LEFT - 8, y(rate) + 4, Percent.of(rate));
        }
        double low = Math.pow(10, -Math.min(decadesX, decadesY));
        chart.line("chance", x(low), y(low), x(1), y(1));
        chart.label("tick", "middle", (LEFT + RIGHT) / 2.0, HEIGHT - 12, "false-positive rate (non-members accused)");
        chart.upright("tick", 16, (TOP + BOTTOM) / 2.0, "true-positive rate (members found)");
    }

    /** Steps: between two points the true-positive rate stays until the false-positive rate has been paid for. */
    private String curve(Roc roc) {
        StringBuilder path = new StringBuilder();
        double lastX = LEFT;
        double lastY = BOTTOM;
        path.append('M').append(Numbers.pixel(LEFT)).append(' ').append(Numbers.pixel(BOTTOM));
        for (int i = 0; i < roc.points(); i++) {
            double x = x(roc.fpr(i));
            double y = y(roc.tpr(i));
            if (Math.abs(x - lastX) + Math.abs(y - lastY) >= STEP || i == roc.points() - 1) {
                path.append('H').append(Numbers.pixel(x)).append('V').append(Numbers.pixel(y));
                lastX = x;
                lastY = y;
            }
        }
        return path.toString();
    }

    private double x(double rate) {
        return RIGHT + (RIGHT - LEFT) * Math.max(-1, log10(rate) / decadesX);
    }

    private double y(double rate) {
        return TOP - (BOTTOM - TOP) * Math.max(-1, log10(rate) / decadesY);
    }

    private static double log10(double rate) {
        return rate > 0 ? Math.log10(rate) : Double.NEGATIVE_INFINITY;
    }

    /** The decade below one record. */
    private static int decades(int records) {
        return Math.max(1, (int) Math.ceil(Math.log10(records) - 1e-9)) + (isPowerOfTen(records) ? 1 : 0);
    }

    private static boolean isPowerOfTen(int records) {
        return Math.rint(Math.log10(records)) == Math.log10(records) && records > 1;
    }
}
