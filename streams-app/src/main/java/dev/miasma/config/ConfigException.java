// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

/** A configuration the monitor will not start with; the message names the key, the value and the bound. */
public final class ConfigException extends RuntimeException {
    /** @param message one sentence for the operator */
    public ConfigException(String message) {
        super(message);
    }
}
