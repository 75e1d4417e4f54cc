// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.posterior;

/**
 * An array that is no posterior. The message names what is wrong, the offending value and its bound, but never the
 * rest of the vector: an answer may give a training record away.
 */
public final class InvalidPosteriorException extends IllegalArgumentException {

    /** What is wrong, in the order in which it is looked for; a bounded set, fit for a metric's label. */
    public enum Reason {
        /** No class at all. */
        EMPTY,
        /** More classes than the caller allows. */
        TOO_MANY_CLASSES,
        /** A NaN or an infinity. */
        NOT_FINITE,
        /** A probability below 0. */
        NEGATIVE,
        /** The probabilities don't sum to 1 within the tolerance. */
        SUM_OFF
    }

    private final Reason reason;

    InvalidPosteriorException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** What is wrong. */
    public Reason reason() {
        return reason;
    }
}
