// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.simulate.Scenario;
import java.io.PrintWriter;
import java.util.Locale;

/** What a run of simulated clients shows: on a terminal one line that is written over; a table at the end. */
final class SimulationView implements AutoCloseable {
    private static final String CLEAR_LINE = "\r\u001b[2K";
    private static final double NANOS = 1e9;
    private static final long INTERVAL_NANOS = 250_000_000L;

    private final PrintWriter out;
    private final boolean terminal;
    private long lastNanos;
    private boolean lineOpen;

    SimulationView(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** A line of its own. */
    void say(String line) {
        closeLine();
        out.println(line);
        out.flush();
    }

    /** The state of things, if it is time to show it. */
    void tick(Scenario scenario, long elapsedNanos) {
        if (!terminal || elapsedNanos - lastNanos < INTERVAL_NANOS) {
            return;
        }
        lastNanos = elapsedNanos;
        out.print(CLEAR_LINE
                + String.format(
                        Locale.ROOT,
                        "%4.0f s  %,d queries of %,d clients",
                        elapsedNanos / NANOS,
                        scenario.queries(),
                        scenario.truth().size()));
        out.flush();
        lineOpen = true;
    }

    /** The table at the end. */
    void result(SimulationResult result) {
        say("");
        say(String.format(
                Locale.ROOT,
                "%-16s %9s %12s %15s %16s",
                "kind",
                "clients",
                "queries",
                "about members",
                "target records"));
        for (SimulationResult.Kind kind : result.kinds()) {
            say(String.format(
                    Locale.ROOT,
                    "%-16s %,9d %,12d %,15d %16s",
                    kind.kind(),
                    kind.clients(),
                    kind.queries(),
                    kind.memberQueries(),
                    targets(kind)));
        }
        say("");
        say(String.format(
                Locale.ROOT,
                "%,d events of endpoint %s went to %s",
                result.queries(),
                result.endpoint(),
                result.destination()));
    }

    private static String targets(SimulationResult.Kind kind) {
        if (!kind.attack()) {
            return "-";
        }
        return String.format(Locale.ROOT, "%,d", kind.targets())
                + (kind.targetsGivenUp() == 0
                        ? ""
                        : String.format(Locale.ROOT, " (+%,d in vain)", kind.targetsGivenUp()));
    }

    private void closeLine() {
        if (lineOpen) {
            out.print(CLEAR_LINE);
            lineOpen = false;
        }
    }

    @Override
    public void close() {
        closeLine();
        out.flush();
    }
}
