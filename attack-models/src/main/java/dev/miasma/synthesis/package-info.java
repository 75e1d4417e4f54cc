// SPDX-License-Identifier: GPL-3.0-or-later
/** Shadow data for an attacker without the target's data: the three sources of Shokri et al. 2017, section V-C. */
@NullMarked
package dev.miasma.synthesis;

import org.jspecify.annotations.NullMarked;
