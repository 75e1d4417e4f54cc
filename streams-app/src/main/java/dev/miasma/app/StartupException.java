// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

/** The monitor cannot start; the message is one sentence that says what is wrong and what to do. */
final class StartupException extends RuntimeException {
    StartupException(String message) {
        super(message);
    }
}
