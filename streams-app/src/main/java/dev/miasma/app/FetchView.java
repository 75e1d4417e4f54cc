// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.train.FetchProgress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/** A download's progress: on a terminal one line that is written over, elsewhere nothing. */
final class FetchView implements FetchProgress, AutoCloseable {
    private static final String CLEAR_LINE = "\r\u001b[2K";
    private static final long INTERVAL_NANOS = 200_000_000L;
    private static final int BAR = 30;
    private static final double MEGABYTE = 1e6;

    private final PrintWriter out;
    private final boolean terminal;
    private final LongSupplier nanos;
    private long lastNanos;
    private boolean lineOpen;

    FetchView(PrintWriter out, boolean terminal, LongSupplier nanos) {
        this.out = out;
        this.terminal = terminal;
        this.nanos = nanos;
        lastNanos = nanos.getAsLong() - INTERVAL_NANOS;
    }

    @Override
    public void arrived(String file, long bytes, long total) {
        long now = nanos.getAsLong();
        if (!terminal || (now - lastNanos < INTERVAL_NANOS && bytes != total)) {
            return;
        }
        lastNanos = now;
        out.print(CLEAR_LINE + line(file, bytes, total));
        out.flush();
        lineOpen = true;
    }

    /** Ends the line. */
    @Override
    public void close() {
        if (lineOpen) {
            out.println();
            out.flush();
        }
    }

    private static String line(String file, long bytes, long total) {
        if (total <= 0) {
            return String.format(Locale.ROOT, "%s  %,.1f MB", file, bytes / MEGABYTE);
        }
        int done = (int) (BAR * bytes / total);
        return String.format(
                Locale.ROOT,
                "%s  [%s%s] %3d %%  %,.1f of %,.1f MB",
                file,
                "#".repeat(done),
                " ".repeat(BAR - done),
                100 * bytes / total,
                bytes / MEGABYTE,
                total / MEGABYTE);
    }
}
