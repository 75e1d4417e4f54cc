// SPDX-License-Identifier: GPL-3.0-or-later
/** A model's answer, the posterior, and the features a membership-inference attack reads from it. */
@NullMarked
package dev.miasma.posterior;

import org.jspecify.annotations.NullMarked;
