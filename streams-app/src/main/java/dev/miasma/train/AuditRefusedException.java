// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

/** An audit of what was given makes no sense; the message says what is wrong with it. */
public final class AuditRefusedException extends RuntimeException {
    AuditRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
