// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

/** What becomes of an event's bytes. */
public sealed interface Decoded permits Answered, Original, Rejection, DeadLetter {}
