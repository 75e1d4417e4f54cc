// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

/**
 * What was found of a data set.
 *
 * @param state whether it can be used
 * @param detail one line: what differs, what is missing or what is wrong
 */
public record DatasetFinding(State state, String detail) {

    /** Whether a data set can be used. */
    public enum State {
        /** All of it is there. */
        FOUND,
        /** It reads well, but isn't what was published: a part of it, for example. */
        DIFFERENT,
        /** A file isn't there. */
        MISSING,
        /** A file is there and can't be read. */
        CORRUPT
    }
}
