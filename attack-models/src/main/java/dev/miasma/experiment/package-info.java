// SPDX-License-Identifier: GPL-3.0-or-later
/** The papers' experiments on the papers' data: trains what they need, keeps it, and sets our figures beside theirs. */
@NullMarked
package dev.miasma.experiment;

import org.jspecify.annotations.NullMarked;
