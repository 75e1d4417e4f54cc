// SPDX-License-Identifier: GPL-3.0-or-later
/** Training of attack models for the command line and the demo. */
@NullMarked
package dev.miasma.train;

import org.jspecify.annotations.NullMarked;
