// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.delay;

import dev.miasma.delay.DelayReport.Delay;
import dev.miasma.delay.DelayReport.FalseAlarms;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes a report as tables, for a terminal or in Markdown. */
public final class DelayText {
    private static final List<String> DELAYS = List.of(
            "attack",
            "budget",
            "found",
            "median",
            "95 %",
            "limit",
            "times limit",
            "limit, calibrated null",
            "times it",
            "mostly by",
            "targets before",
            "first target");

    private static final List<String> BENIGN =
            List.of("benign kind", "c", "clients", "queries", "false alarms", "bound n / c", "led by");

    /** A limit above is told as none. */
    private static final double MOST_LIMIT = 1e7;

    private final DelayReport report;

    /** Of a report. */
    public DelayText(DelayReport report) {
        this.report = report;
    }

    /** Both tables in columns of fixed width. */
    public String plain() {
        return aligned(delays()) + "\n" + aligned(benign());
    }

    /** The table of delays, in Markdown. */
    public String delaysMarkdown() {
        return markdown(delays());
    }

    /** The table of false alarms, in Markdown. */
    public String benignMarkdown() {
        return markdown(benign());
    }

    private List<List<String>> delays() {
        List<List<String>> rows = new ArrayList<>(List.of(DELAYS));
        for (Delay delay : report.delays()) {
            rows.add(List.of(
                    delay.attack(),
                    number(delay.budget()),
                    delay.found() + " of " + delay.probers(),
                    queries(delay.quantile(0.5), delay.asked()),
                    queries(delay.quantile(0.95), delay.asked()),
                    limit(delay.limitLive()),
                    times(delay, delay.limitLive()),
                    limit(delay.limitCalibrated()),
                    times(delay, delay.limitCalibrated()),
                    delay.foundBy().isEmpty() ? "-" : delay.foundBy(),
                    delay.found() == 0 ? "-" : Long.toString(delay.targetsBefore()),
                    delay.firstDone().isPresent()
                            ? String.format(
                                    Locale.ROOT, "%,d", delay.firstDone().getAsLong())
                            : "-"));
        }
        return rows;
    }

    private List<List<String>> benign() {
        List<List<String>> rows = new ArrayList<>(List.of(BENIGN));
        for (FalseAlarms one : report.benign()) {
            rows.add(List.of(
                    one.kind(),
                    String.format(Locale.ROOT, "%,.0f", one.threshold()),
                    String.format(Locale.ROOT, "%,d", one.clients()),
                    String.format(Locale.ROOT, "%,d", one.queries()),
                    String.format(Locale.ROOT, "%,d", one.alarms()),
                    String.format(Locale.ROOT, one.bound() < 10 ? "%.1f" : "%,.0f", one.bound()),
                    one.sensors().isEmpty() ? "-" : one.sensors()));
        }
        return rows;
    }

    private static String queries(OptionalLong quantile, long asked) {
        return quantile.isPresent()
                ? String.format(Locale.ROOT, "%,d", quantile.getAsLong())
                : String.format(Locale.ROOT, "not in %,d", asked);
    }

    private static String limit(double limit) {
        if (limit > MOST_LIMIT) {
            return "none";
        }
        return Double.isNaN(limit) ? "-" : String.format(Locale.ROOT, limit < 10 ? "%.1f" : "%,.0f", limit);
    }

    private static String times(Delay delay, double limit) {
        OptionalLong median = delay.quantile(0.5);
        return Double.isNaN(limit) || limit > MOST_LIMIT || median.isEmpty()
                ? "-"
                : String.format(Locale.ROOT, "%.2f", median.getAsLong() / limit);
    }

    private static String number(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private static String aligned(List<List<String>> rows) {
        int[] widths = IntStream.range(0, rows.getFirst().size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, widths.length)
                        .mapToObj(i -> i == 0
                                ? row.get(i) + " ".repeat(widths[i] - row.get(i).length())
                                : " ".repeat(widths[i] - row.get(i).length()) + row.get(i))
                        .collect(Collectors.joining("  ", "", "\n")))
                .collect(Collectors.joining());
    }

    private static String markdown(List<List<String>> rows) {
        String head = line(rows.getFirst());
        String rule = line(IntStream.range(0, rows.getFirst().size())
                .mapToObj(i -> i == 0 ? "---" : "---:")
                .toList());
        return head + rule + rows.stream().skip(1).map(DelayText::line).collect(Collectors.joining());
    }

    private static String line(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
