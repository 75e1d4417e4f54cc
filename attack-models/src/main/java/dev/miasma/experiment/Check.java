// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

/**
 * Something a paper's results say that ours have to show as well: an order, a bound.
 *
 * @param claim a sentence without a full stop
 * @param holds whether ours show it
 * @param seen what ours are
 */
public record Check(String claim, boolean holds, String seen) {}
