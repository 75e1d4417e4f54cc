// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

/** A measurement that could not be made; the message is one sentence for the user. */
@SuppressWarnings("serial")
public final class BenchException extends RuntimeException {
    BenchException(String message) {
        super(message);
    }

    BenchException(String message, Throwable cause) {
        super(message, cause);
    }
}
