// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** How many records were read: on a terminal one line that is written over, elsewhere nothing. */
final class CountView implements LongConsumer, AutoCloseable {
    private static final String CLEAR_LINE = "\r\u001b[2K";
    private static final long INTERVAL_NANOS = 200_000_000L;

    private final PrintWriter out;
    private final boolean terminal;
    private final LongSupplier nanos;
    private long lastNanos;
    private boolean lineOpen;

    CountView(PrintWriter out, boolean terminal, LongSupplier nanos) {
        this.out = out;
        this.terminal = terminal;
        this.nanos = nanos;
        lastNanos = nanos.getAsLong();
    }

    @Override
    public void accept(long count) {
        if (!terminal || (count & 0xff) != 0 || nanos.getAsLong() - lastNanos < INTERVAL_NANOS) {
            return;
        }
        lastNanos = nanos.getAsLong();
        out.print(CLEAR_LINE + String.format(Locale.ROOT, "%,d records", count));
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
}
