// SPDX-License-Identifier: GPL-3.0-or-later
/** Tests of the program as a whole. */
@NullMarked
package dev.miasma;

import org.jspecify.annotations.NullMarked;
