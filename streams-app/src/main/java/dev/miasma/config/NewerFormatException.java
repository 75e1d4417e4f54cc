// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

import org.jspecify.annotations.Nullable;

/**
 * Bytes in a store or an internal topic that a newer release wrote. To pass over them would lose evidence or queries, so
 * whoever meets them stops.
 */
public final class NewerFormatException extends RuntimeException {
    /** Releases raise a version by one. What is further ahead was written by none, and is passed over like other damage. */
    private static final int FURTHEST = 16;

    private NewerFormatException(String message) {
        super(message);
    }

    /**
     * What is wrong with a version that is not known.
     *
     * @param message naming what was read, its version and what this release reads
     * @param version found
     * @param newest that this release knows
     * @return the cause to give, or null where the version is no release's
     */
    public static @Nullable NewerFormatException of(String message, byte version, byte newest) {
        return version > newest && version <= newest + FURTHEST ? new NewerFormatException(message) : null;
    }

    /** The message of such an exception among the causes of an error, or null. */
    public static @Nullable String among(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof NewerFormatException) {
                return cause.getMessage();
            }
        }
        return null;
    }
}
