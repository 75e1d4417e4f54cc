// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.embedded;

import org.jspecify.annotations.Nullable;

/** The embedded broker could not do what was asked; the message says what and why. */
public final class EmbeddedKafkaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EmbeddedKafkaException(String message) {
        super(message);
    }

    EmbeddedKafkaException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
