// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

/**
 * An event that cannot be used.
 *
 * @param reason why
 * @param message one sentence naming field, value and bound; never a client or a feature
 */
public record Rejection(RejectReason reason, String message) implements Decoded {}
