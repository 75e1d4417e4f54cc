// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.broken.posterior;

/** Stands for the attack library. */
public interface Vector {}
