// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.backtest.Backtest;
import dev.miasma.backtest.BacktestResult;
import dev.miasma.backtest.Delays;
import dev.miasma.backtest.Suspect;
import dev.miasma.detect.Level;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** What a backtest shows: on a terminal how far it is; tables at the end. */
final class BacktestView implements Backtest.Progress, AutoCloseable {
    private static final String CLEAR_LINE = "\r\u001b[2K";
    private static final long INTERVAL_NANOS = 250_000_000L;
    private static final double NANOS = 1e9;

    /** Lines of the table of alerts; the rest is in the file of alerts. */
    private static final int MOST_SUSPECTS = 50;

    /** Ends of the stretches of the delay curve. */
    private static final long[] STEPS = {5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 100_000};

    private static final int BAR = 40;

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean terminal;
    private final long allBytes;
    private final LongSupplier nanoTime;
    private final long begin;
    private long lastNanos;
    private boolean lineOpen;

    /** @param allBytes of the logs; -1 where that is not known */
    BacktestView(PrintWriter out, PrintWriter err, boolean terminal, long allBytes, LongSupplier nanoTime) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.allBytes = allBytes;
        this.nanoTime = nanoTime;
        begin = nanoTime.getAsLong();
    }

    @Override
    public void at(long bytes, long events) {
        if (!terminal || (events & 0xff) != 0) {
            return;
        }
        long elapsed = nanoTime.getAsLong() - begin;
        if (elapsed - lastNanos < INTERVAL_NANOS) {
            return;
        }
        lastNanos = elapsed;
        String part = allBytes > 0
                ? String.format(Locale.ROOT, "%3d %%", 100 * bytes / allBytes)
                : String.format(Locale.ROOT, "%,d MB", bytes / 1_000_000);
        err.print(CLEAR_LINE
                + String.format(
                        Locale.ROOT, "%s  %,d events, %,.0f a second", part, events, events / (elapsed / NANOS)));
        err.flush();
        lineOpen = true;
    }

    @Override
    public void close() {
        if (lineOpen) {
            err.print(CLEAR_LINE);
            err.flush();
            lineOpen = false;
        }
    }

    /** All tables. */
    void result(BacktestResult result) {
        counts(result);
        suspects(result.suspects());
        delays("clients", result.delays(Level.CLIENT));
        delays("cohorts", result.delays(Level.COHORT));
        budgets(result);
        BacktestResult.Benign benign = result.benign();
        if (benign != null) {
            line("");
            line(String.format(
                    Locale.ROOT,
                    "false alarms     %,d (%,d sent as alerts) among %,d queries held to be benign; the budget allows %s"
                            + " expected",
                    benign.alarms(),
                    benign.alerts(),
                    result.queries(),
                    plain(benign.expected())));
        }
        BacktestResult.Checked checked = result.checked();
        if (checked != null) {
            truth(checked);
        }
        out.flush();
    }

    private void counts(BacktestResult result) {
        line(String.format(
                Locale.ROOT,
                "events           %,d read, %,d rejected%s, %,d unscorable%s",
                result.events(),
                sum(result.rejected()),
                reasons(result.rejected()),
                sum(result.unscorable()),
                reasons(result.unscorable())));
        line(String.format(
                Locale.ROOT,
                "queries          %,d of %,d clients in %,d cohorts",
                result.queries(),
                result.clients(),
                result.cohorts()));
        BacktestResult.AtBudget at = result.configured();
        line(String.format(
                Locale.ROOT,
                "alerts           %,d sent, %,d alarms held back, about %,d clients and %,d cohorts, at a budget of %s"
                        + " per million",
                at.alerts(),
                at.alarms() - at.alerts(),
                at.clients(),
                at.cohorts(),
                plain(at.budget())));
    }

    private void suspects(List<Suspect> suspects) {
        if (suspects.isEmpty()) {
            return;
        }
        line("");
        line(String.format(
                Locale.ROOT,
                "%-40s %-16s %-16s %8s %10s %7s",
                "first alert about",
                "endpoint",
                "sensor",
                "queries",
                "evidence",
                "alarms"));
        for (Suspect one : suspects.subList(0, Math.min(MOST_SUSPECTS, suspects.size()))) {
            line(String.format(
                    Locale.ROOT,
                    "%-40s %-16s %-16s %,8d %10.3g %,7d%s",
                    (one.level() == Level.COHORT ? "cohort " : "") + one.name(),
                    one.endpoint(),
                    one.sensor(),
                    one.queries(),
                    one.evidence(),
                    one.alarms(),
                    one.guaranteed() ? "" : "  budget not guaranteed"));
        }
        if (suspects.size() > MOST_SUSPECTS) {
            line(String.format(
                    Locale.ROOT,
                    "... and %,d more; --json and --alerts have them all",
                    suspects.size() - MOST_SUSPECTS));
        }
    }

    private void delays(String whose, Delays delays) {
        if (delays.count() == 0) {
            return;
        }
        line("");
        line(String.format(
                Locale.ROOT,
                "queries until the first alert, over %,d %s: 5 %% %,d, 25 %% %,d, median %,d, 75 %% %,d, 95 %% %,d",
                delays.count(),
                whose,
                delays.quantile(0.05),
                delays.quantile(0.25),
                delays.quantile(0.5),
                delays.quantile(0.75),
                delays.quantile(0.95)));
        for (long step : STEPS) {
            int within = delays.within(step);
            line(String.format(
                    Locale.ROOT,
                    "  within %,7d  %-" + BAR + "s %3d %%",
                    step,
                    "#".repeat(BAR * within / delays.count()),
                    100 * within / delays.count()));
            if (within == delays.count()) {
                return;
            }
        }
    }

    private void budgets(BacktestResult result) {
        line("");
        for (BacktestResult.AtBudget at : result.budgets()) {
            line(String.format(
                    Locale.ROOT,
                    "at a budget of %5s per million: %,d alerts about %,d clients and %,d cohorts",
                    plain(at.budget()),
                    at.alerts(),
                    at.clients(),
                    at.cohorts()));
        }
    }

    private void truth(BacktestResult.Checked checked) {
        line("");
        line(String.format(
                Locale.ROOT,
                "%-16s %9s %12s %9s %12s %13s",
                "kind",
                "clients",
                "queries",
                "found",
                "by cohort",
                "false alarms"));
        for (BacktestResult.Kind kind : checked.kinds()) {
            line(String.format(
                    Locale.ROOT,
                    "%-16s %,9d %,12d %9s %12s %13s",
                    kind.kind(),
                    kind.clients(),
                    kind.queries(),
                    kind.attack() ? kind.found() : "-",
                    kind.attack() ? kind.byCohort() : "-",
                    kind.attack() ? "-" : kind.alarms()));
        }
        line(String.format(
                Locale.ROOT,
                "false alarms     %,d (%,d sent as alerts) among %,d queries of benign clients; the budget allows %s"
                        + " expected",
                checked.falseAlarms(),
                checked.falseAlerts(),
                checked.benignQueries(),
                plain(checked.expected())));
        if (checked.strangers() > 0) {
            line(String.format(
                    Locale.ROOT,
                    "                 %,d queries are of clients that the truth file does not have",
                    checked.strangers()));
        }
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String reasons(Map<String, Long> counts) {
        return counts.isEmpty()
                ? ""
                : counts.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : String.format(Locale.ROOT, "%.3g", number);
    }

    private void line(String text) {
        out.println(text);
    }
}
