// SPDX-License-Identifier: GPL-3.0-or-later
/** How well an attack tells members from non-members: the receiver operating characteristic and what is read off it. */
@NullMarked
package dev.miasma.evaluation;

import org.jspecify.annotations.NullMarked;
