// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.train.ExperimentTitle;
import dev.miasma.train.ReproductionProgress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A reproduction's progress: on a terminal one line that is written over every second, elsewhere a line now and then.
 */
final class ReproduceView implements ReproductionProgress, AutoCloseable {
    private static final String CLEAR_LINE = "\r\u001b[2K";
    private static final long NANOS = 1_000_000_000L;
    private static final long PLAIN_INTERVAL_NANOS = 5 * NANOS;
    private static final int BAR = 10;
    /** A longer line would wrap on a terminal of 80 columns, and half of it would stay. */
    private static final int WIDTH = 79;
    /** From so many models on, their mean time says something of the rest. */
    private static final int ENOUGH = 5;

    private final PrintWriter out;
    private final boolean terminal;
    private final LongSupplier nanos;
    private final ScheduledExecutorService ticker;
    private boolean training;
    private boolean ended;
    private boolean lineOpen;
    private long beganNanos;
    private long lastNanos;
    private int kept;
    private int done;
    private int of;
    private String last = "";

    ReproduceView(PrintWriter out, boolean terminal, LongSupplier nanos) {
        this.out = out;
        this.terminal = terminal;
        this.nanos = nanos;
        ticker = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("progress").factory());
        if (terminal) {
            Future<?> _ = ticker.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
        }
    }

    @Override
    public synchronized void leftOut(String name, String reason) {
        say("left out: " + name + ", " + reason);
    }

    @Override
    public synchronized void differs(String dataset, String how) {
        say("used, though not as published: " + dataset + ", " + how);
    }

    @Override
    public synchronized void training(int keptModels, int models) {
        kept = keptModels;
        done = keptModels;
        of = models;
        beganNanos = nanos.getAsLong();
        lastNanos = beganNanos;
        training = kept < of;
        say(
                training
                        ? String.format(Locale.ROOT, "%,d models needed, %,d kept from earlier runs", of, kept)
                        : String.format(Locale.ROOT, "%,d models needed, all kept from earlier runs", of));
        tick();
    }

    @Override
    public synchronized void trained(int models, int all, String model) {
        // Threads may overtake one another on their way here.
        done = Math.max(done, models);
        of = all;
        last = model;
        training = done < of;
        if (terminal && training) {
            tick();
        } else if (!training || nanos.getAsLong() - lastNanos >= PLAIN_INTERVAL_NANOS) {
            lastNanos = nanos.getAsLong();
            say(line(false));
        }
    }

    @Override
    public synchronized void running(int number, int experiments, ExperimentTitle experiment) {
        say(String.format(
                Locale.ROOT,
                "experiment %d of %d: %s (%s)",
                number,
                experiments,
                experiment.title(),
                experiment.name()));
    }

    /** A line of its own. */
    synchronized void say(String line) {
        if (ended) {
            return;
        }
        closeLine();
        out.println(line);
        out.flush();
    }

    private synchronized void tick() {
        if (terminal && training && !ended) {
            out.print(CLEAR_LINE + line(true));
            out.flush();
            lineOpen = true;
        }
    }

    /** "[####    ]  12 of 80 models  3:20  at most 14 min left  adult-network", the last one trained. */
    private String line(boolean bar) {
        int filled = of == 0 ? BAR : BAR * done / of;
        String line = (bar ? "[" + "#".repeat(filled) + " ".repeat(BAR - filled) + "]  " : "")
                + String.format(Locale.ROOT, "%d of %d models  %s", done, of, clock(elapsedSeconds()))
                + left()
                + (last.isEmpty() ? "" : "  " + last);
        return bar && line.length() > WIDTH ? line.substring(0, WIDTH - 3) + "..." : line;
    }

    /** The largest models are trained first, so those to come take less than the mean of those there are. */
    private String left() {
        int trained = done - kept;
        if (trained < ENOUGH || done == of) {
            return "";
        }
        long minutes = Math.ceilDiv(elapsedSeconds() * (of - done) / trained, 60);
        return String.format(Locale.ROOT, "  at most %,d min left", Math.max(1, minutes));
    }

    private long elapsedSeconds() {
        return (nanos.getAsLong() - beganNanos) / NANOS;
    }

    private static String clock(long seconds) {
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    private void closeLine() {
        if (lineOpen) {
            out.print(CLEAR_LINE);
            lineOpen = false;
        }
    }

    /** The process ends before its work does. */
    synchronized void stopped() {
        if (!ended) {
            say("stopped: nothing is lost, the same command goes on from here");
            ended = true;
        }
    }

    /** Takes an open line away; nothing is shown from here on. */
    @Override
    public synchronized void close() {
        ticker.shutdownNow();
        closeLine();
        out.flush();
        ended = true;
    }
}
