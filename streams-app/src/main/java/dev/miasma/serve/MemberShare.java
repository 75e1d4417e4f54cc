// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

/**
 * An estimated share of training members, with its 95 % interval.
 *
 * @param estimate the most likely share, 0 to 1
 * @param low the interval's lower end
 * @param high its upper end
 * @param queries scored first sights behind it, at least 1
 */
public record MemberShare(double estimate, double low, double high, long queries) {}
