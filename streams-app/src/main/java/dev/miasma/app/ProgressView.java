// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.train.TrainingProgress;
import java.io.PrintWriter;

/** A training's progress: on a terminal a bar that is written over, elsewhere a line for each model. */
final class ProgressView implements TrainingProgress, AutoCloseable {
    private static final String CLEAR_LINE = "\r\u001b[2K";
    private static final int BAR = 30;

    private final PrintWriter out;
    private final boolean terminal;
    private boolean lineOpen;

    ProgressView(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public synchronized void trained(int done, int of, String what) {
        String state = done + " of " + of + " models trained" + (done == 0 ? "" : ": " + what);
        if (terminal) {
            int filled = BAR * done / of;
            out.print(CLEAR_LINE + "[" + "#".repeat(filled) + " ".repeat(BAR - filled) + "] " + state);
            lineOpen = true;
        } else {
            out.println(state);
        }
        out.flush();
    }

    /** Ends the line. */
    @Override
    public synchronized void close() {
        if (lineOpen) {
            out.println();
            out.flush();
        }
    }
}
