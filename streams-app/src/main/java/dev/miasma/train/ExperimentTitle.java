// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

/**
 * An experiment that can be reproduced.
 *
 * @param name on the command line
 * @param title for people
 */
public record ExperimentTitle(String name, String title) {}
