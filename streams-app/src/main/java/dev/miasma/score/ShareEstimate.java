// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

/**
 * The estimated share of training members among queries, with its 95 % interval.
 *
 * @param share the most likely share, 0 to 1
 * @param low the interval's lower end
 * @param high its upper end
 * @param queries scored first sights behind it, at least 1
 * @see dev.miasma.attack.MemberShare
 */
public record ShareEstimate(double share, double low, double high, long queries) {}
