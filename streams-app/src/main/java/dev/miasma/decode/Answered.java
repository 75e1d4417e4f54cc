// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

/** What an event that can be used says: the answer to one query, or to several. */
public sealed interface Answered extends Decoded permits Prediction, Batch {}
