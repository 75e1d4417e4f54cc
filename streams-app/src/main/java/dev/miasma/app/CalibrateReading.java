// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.decode.Arrival;
import dev.miasma.decode.Batch;
import dev.miasma.decode.Decoded;
import dev.miasma.decode.EventDecoder;
import dev.miasma.decode.Prediction;
import dev.miasma.decode.Rejection;
import dev.miasma.score.NullFromTraffic;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Decodes events for a calibration, counts what is rejected, and shows on a terminal how far it is. */
final class CalibrateReading implements EventSink, AutoCloseable {
    private static final String CLEAR_LINE = "\r\u001b[2K";
    private static final int STRIDE = 20_000;

    private final EventDecoder decoder;
    private final NullFromTraffic traffic;
    private final long most;
    private final PrintWriter out;
    private final boolean terminal;
    private final SortedMap<String, Long> rejected = new TreeMap<>();
    private long events;
    private long queries;
    private boolean lineOpen;

    /**
     * @param most events to take
     * @param out for the progress
     * @param terminal whether that is one; elsewhere nothing is shown
     */
    CalibrateReading(EventDecoder decoder, NullFromTraffic traffic, long most, PrintWriter out, boolean terminal) {
        this.decoder = decoder;
        this.traffic = traffic;
        this.most = most;
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public boolean take(byte @Nullable [] event, Arrival arrival) {
        Decoded decoded = decoder.decode(event, arrival);
        if (decoded instanceof Batch batch) {
            for (int i = 0; i < batch.size(); i++) {
                take(batch.row(i));
            }
        } else {
            take(decoded);
        }
        if (++events % STRIDE == 0 && terminal) {
            out.print(String.format(
                    Locale.ROOT, "%s%,d events read, %,d clients", CLEAR_LINE, events, traffic.clients()));
            out.flush();
            lineOpen = true;
        }
        return events < most;
    }

    private void take(Decoded decoded) {
        queries++;
        switch (decoded) {
            case Prediction prediction -> traffic.add(prediction);
            case Rejection rejection -> rejected.merge(rejection.reason().code(), 1L, Long::sum);
            default -> throw new IllegalStateException("a row is a prediction or a rejection");
        }
    }

    /** Events taken. */
    long events() {
        return events;
    }

    /** Queries in them: the rows of batch events, and 1 for any other event. */
    long queries() {
        return queries;
    }

    /** Queries that are no predictions, by reason. */
    SortedMap<String, Long> rejected() {
        return Collections.unmodifiableSortedMap(rejected);
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
