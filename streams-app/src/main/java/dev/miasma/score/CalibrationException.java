// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

/** A model cannot be calibrated on what was read; the message says why in one sentence. */
public final class CalibrationException extends RuntimeException {
    CalibrationException(String message, Throwable cause) {
        super(message, cause);
    }
}
