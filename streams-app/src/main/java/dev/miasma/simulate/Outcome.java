// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

/** Where an answer leaves the target record that it was asked for. */
public enum Outcome {
    /** There is no target record, or it wants more queries. */
    GOES_ON,

    /** That was the last query about it, and the client has what it wanted. */
    DONE,

    /** That was the last query about it, in vain. */
    GIVEN_UP
}
