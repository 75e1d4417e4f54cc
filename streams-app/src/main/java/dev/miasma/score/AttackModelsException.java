// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

/** The folder of attack models cannot be used; the message is one sentence for the operator. */
public final class AttackModelsException extends RuntimeException {
    AttackModelsException(String message) {
        super(message);
    }
}
