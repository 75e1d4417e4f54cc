// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

/** Leaves the parsing of an event; carries no stack trace, since bad events are data and not errors of ours. */
final class RejectedEventException extends RuntimeException {
    private final RejectReason reason;

    RejectedEventException(RejectReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    RejectReason reason() {
        return reason;
    }

    Rejection rejection() {
        return new Rejection(reason, String.valueOf(getMessage()));
    }

    /** The rejection of a row of a batch event. */
    Rejection inRow(int place) {
        // Messages begin with the field's name, but for these, which are about several fields.
        boolean ofAll = reason == RejectReason.SEVERAL_ANSWERS || reason == RejectReason.MISSING_ANSWER;
        return new Rejection(reason, "rows[" + place + "]" + (ofAll ? ": " : ".") + getMessage());
    }
}
