// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

/**
 * One defence: what it costs and what it is worth.
 *
 * @param id of the defence, as its parser reads it
 * @param title of the defence for people, within a sentence
 * @param source who described it
 * @param utility what it costs
 * @param attackers what it is worth
 */
public record DefenseResult(String id, String title, String source, Utility utility, Attackers attackers) {}
