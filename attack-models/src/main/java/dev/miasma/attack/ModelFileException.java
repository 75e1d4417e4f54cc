// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

/** A model file that can't be used. The message names the field, the value and the bound. */
public final class ModelFileException extends RuntimeException {

    ModelFileException(String message) {
        super(message);
    }

    ModelFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
