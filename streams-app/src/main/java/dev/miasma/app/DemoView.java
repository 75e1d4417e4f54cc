// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.detect.RiskBand;
import dev.miasma.measure.InMemoryMeasures;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;

/**
 * What the demo shows while it runs: on a terminal one line that is written over, elsewhere a line now and then; alerts
 * as they come; a table at the end.
 */
final class DemoView implements AutoCloseable {
    private static final String CLEAR_LINE = "\r\u001b[2K";
    private static final long NANOS = 1_000_000_000L;
    private static final long TERMINAL_INTERVAL_NANOS = NANOS / 4;
    private static final long PLAIN_INTERVAL_NANOS = 5 * NANOS;

    private final PrintWriter out;
    private final boolean terminal;
    private long lastNanos;
    private long lastScored;
    private boolean lineOpen;

    private DemoView(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /**
     * A view.
     *
     * @param out where it goes
     * @param live whether a line may be written over, if this is a terminal
     */
    static DemoView on(PrintWriter out, boolean live) {
        return new DemoView(out, live && CommandLine.Help.Ansi.AUTO.enabled());
    }

    /** A line of its own. */
    synchronized void say(String line) {
        closeLine();
        out.println(line);
        out.flush();
    }

    /** The state of things, if it is time to show it. */
    synchronized void tick(InMemoryMeasures measures, List<String> defences, long elapsedNanos) {
        long sinceLast = elapsedNanos - lastNanos;
        if (sinceLast < (terminal ? TERMINAL_INTERVAL_NANOS : PLAIN_INTERVAL_NANOS)) {
            return;
        }
        long scored = measures.scoredCount();
        double rate = (scored - lastScored) / (sinceLast / (double) NANOS);
        lastNanos = elapsedNanos;
        lastScored = scored;
        String line = String.format(
                Locale.ROOT,
                "%3d s  %,7.0f queries/s  %,9d scored  leak lift %s%s  clients %d (elevated %d, high %d)  alerts %d",
                elapsedNanos / NANOS,
                rate,
                scored,
                lift(measures.leakLift()),
                whatIf(measures, defences),
                measures.clientCount(),
                measures.clientCount(RiskBand.ELEVATED.code()),
                measures.clientCount(RiskBand.HIGH.code()),
                measures.alertsSentCount("client"));
        if (terminal) {
            out.print(CLEAR_LINE + line);
            lineOpen = true;
        } else {
            out.println(line);
        }
        out.flush();
    }

    /** An alert, as it comes. */
    void alert(SeenAlert alert) {
        say(String.format(
                Locale.ROOT,
                "ALERT  %s after %d queries: %.0f %% of its answers score above the median non-member (50 %% expected)",
                alert.client(),
                alert.queries(),
                100 * alert.aboveMedianShare()));
    }

    /** The table at the end. */
    void result(DemoResult result) {
        say("");
        say("prober        members among its queries   queries made   queries until alert");
        for (DemoResult.Prober prober : result.probers()) {
            say(String.format(
                    Locale.ROOT,
                    "%-12s  %22.0f %%  %,13d   %19s",
                    prober.client(),
                    100 * prober.memberShare(),
                    prober.queries(),
                    prober.queriesToAlert().isPresent()
                            ? Long.toString(prober.queriesToAlert().getAsLong())
                            : "no alert"));
        }
        long found = result.probers().stream()
                .filter(prober -> prober.queriesToAlert().isPresent())
                .count();
        say("");
        say(String.format(
                Locale.ROOT,
                "probers found    %d of %d%s",
                found,
                result.probers().size(),
                median(result.probers())));
        say(String.format(
                Locale.ROOT,
                "false alerts     %d among %,d queries of %,d benign clients; the budget allows %.2g expected",
                result.falseAlerts(),
                result.benignQueries(),
                result.benignClients(),
                result.falseAlertBound()));
        say(String.format(
                Locale.ROOT,
                "queries          %,d published, %,d scored, %,d rejected, %,d unscorable",
                result.queries(),
                result.scored(),
                result.rejected(),
                result.unscorable()));
        say(String.format(
                Locale.ROOT, "leak lift        %s   attack AUC %.3f", lift(result.leakLift()), result.attackAuc()));
        result.whatIf()
                .forEach(defence -> say(String.format(
                        Locale.ROOT,
                        "  under %-16s leak lift %s   attack AUC %.3f   by %,d sampled answers",
                        defence.defence(),
                        lift(defence.leakLift()),
                        defence.attackAuc(),
                        defence.sample())));
        say(String.format(
                Locale.ROOT,
                "throughput       %,.0f queries a second, with broker and clients in the same JVM",
                result.throughputPerSecond()));
    }

    private static String median(List<DemoResult.Prober> probers) {
        long[] found = probers.stream()
                .filter(prober -> prober.queriesToAlert().isPresent())
                .mapToLong(prober -> prober.queriesToAlert().getAsLong())
                .sorted()
                .toArray();
        if (found.length == 0) {
            return "";
        }
        double median = (found[(found.length - 1) / 2] + found[found.length / 2]) / 2.0;
        return String.format(Locale.ROOT, ", after a median of %.0f queries", median);
    }

    /** " (top3 1.9, round2 2.0)": the leak lift as it would be under each defence; empty without any. */
    private static String whatIf(InMemoryMeasures measures, List<String> defences) {
        return defences.isEmpty()
                ? ""
                : defences.stream()
                        .map(defence -> defence + " " + lift(measures.whatIfLift(defence)))
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private static String lift(double lift) {
        return Double.isNaN(lift) ? "-" : String.format(Locale.ROOT, "%.1f", lift);
    }

    private void closeLine() {
        if (lineOpen) {
            out.print(CLEAR_LINE);
            lineOpen = false;
        }
    }

    @Override
    public synchronized void close() {
        closeLine();
        out.flush();
    }
}
