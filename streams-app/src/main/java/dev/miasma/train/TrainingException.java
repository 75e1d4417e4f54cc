// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

/** An attack model cannot be trained on what was given; the message says what is wrong with it. */
public final class TrainingException extends RuntimeException {
    TrainingException(String message) {
        super(message);
    }
}
