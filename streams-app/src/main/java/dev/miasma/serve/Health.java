// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

/**
 * The answer of a health check.
 *
 * @param ok whether it passed
 * @param detail why, in a few words
 */
public record Health(boolean ok, String detail) {
    /** A check that passed. */
    public static Health good(String detail) {
        return new Health(true, detail);
    }

    /** A check that failed. */
    public static Health bad(String detail) {
        return new Health(false, detail);
    }
}
