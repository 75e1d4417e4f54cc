// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

/** An audit of what was given makes no sense; the message says why, for the user as it is. */
public final class AuditException extends RuntimeException {

    AuditException(String message) {
        super(message);
    }
}
