// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import dev.miasma.audit.AttackResult;
import java.util.Arrays;
import java.util.Locale;

/** The scores of members and of non-members, side by side in bars of equal width; heights are shares of each kind. */
final class HistogramChart {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 300;
    private static final int LEFT = 60;
    private static final int RIGHT = 700;
    private static final int TOP = 15;
    private static final int BOTTOM = 240;
    private static final int BINS = 30;

    /** The vertical axis ends at a multiple of it, so that its four ticks are whole per cents. */
    private static final double TICK_UNIT = 0.04;

    private HistogramChart() {}

    static void draw(Markup page, String id, AttackResult attack) {
        double[] in = attack.scores().scores(true);
        double[] out = attack.scores().scores(false);
        double low = Math.min(
                Arrays.stream(in).min().orElse(0), Arrays.stream(out).min().orElse(0));
        double high = Math.max(
                Arrays.stream(in).max().orElse(1), Arrays.stream(out).max().orElse(1));
        if (high <= low) {
            high = low + 1;
        }
        double[] members = shares(in, low, high);
        double[] nonMembers = shares(out, low, high);
        double highest = Math.max(
                Arrays.stream(members).max().orElse(1),
                Arrays.stream(nonMembers).max().orElse(1));
        double top = Math.ceil(highest / TICK_UNIT) * TICK_UNIT;
        Chart chart = Chart.open(
                page,
                id,
                WIDTH,
                HEIGHT,
                "Scores of members and non-members: " + attack.title(),
                String.format(
                        Locale.ROOT,
                        "Scores from %.3g to %.3g. Median of members %.3g, of non-members %.3g.",
                        low,
                        high,
                        median(in),
                        median(out)));
        axes(chart, low, high, top);
        double width = (RIGHT - LEFT) / (double) BINS;
        for (int i = 0; i < BINS; i++) {
            double x = LEFT + i * width;
            bar(chart, "member", x + 1, width / 2 - 1, members[i] / top);
            bar(chart, "nonmember", x + width / 2, width / 2 - 1, nonMembers[i] / top);
        }
        chart.close();
    }

    private static void bar(Chart chart, String style, double x, double width, double share) {
        if (share > 0) {
            double height = Math.max(1, share * (BOTTOM - TOP));
            chart.rectangle(style, x, BOTTOM - height, width, height);
        }
    }

    private static void axes(Chart chart, double low, double high, double top) {
        for (int i = 0; i <= 4; i++) {
            double y = BOTTOM - i / 4.0 * (BOTTOM - TOP);
            chart.line("grid", LEFT, y, RIGHT, y);
            chart.label("tick", "end", LEFT - 8, y + 4, Numbers.percent(top * i / 4));
            double x = LEFT + i / 4.0 * (RIGHT - LEFT);
            chart.label(
                    "tick",
                    i == 0 ? "start" : i == 4 ? "end" : "middle",
                    x,
                    BOTTOM + 20,
                    tick(low + (high - low) * i / 4, high - low));
        }
        chart.label("tick", "middle", (LEFT + RIGHT) / 2.0, HEIGHT - 12, "attack score (higher = more member-like)");
    }

    /** A score that is nothing beside the axis is 0. */
    private static String tick(double score, double span) {
        return Math.abs(score) < 1e-6 * span ? "0" : String.format(Locale.ROOT, "%.3g", score);
    }

    private static double[] shares(double[] scores, double low, double high) {
        double[] shares = new double[BINS];
        for (double score : scores) {
            int bin = (int) ((score - low) / (high - low) * BINS);
            shares[Math.min(Math.max(bin, 0), BINS - 1)] += 1.0 / scores.length;
        }
        return shares;
    }

    private static double median(double[] scores) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
