// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import java.nio.file.Path;

/** A training-set filter or its records cannot be used; the message is one sentence for the operator. */
public final class TrainingFilterException extends RuntimeException {
    TrainingFilterException(String message) {
        super(message);
    }

    TrainingFilterException(Path file, String what) {
        this("'" + file + "' " + what);
    }
}
