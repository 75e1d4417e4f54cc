// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

/**
 * Another error's class, place and causes without their messages, for the log: a message may quote the record that the error
 * is about.
 */
final class WithoutMessage extends Exception {
    private static final long serialVersionUID = 1;

    /** Causes beyond this are left out, and a circle of them ends. */
    private static final int MOST_CAUSES = 8;

    WithoutMessage(Throwable error) {
        this(error, MOST_CAUSES);
    }

    private WithoutMessage(Throwable error, int causes) {
        super(
                error.getClass().getName(),
                error.getCause() == null || causes == 0 ? null : new WithoutMessage(error.getCause(), causes - 1));
        setStackTrace(error.getStackTrace());
    }
}
