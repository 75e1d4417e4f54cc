// SPDX-License-Identifier: GPL-3.0-or-later
/** Makes calibrated attacks: from an owner's own posteriors, from a shadow model, or from random noise alone. */
@NullMarked
package dev.miasma.training;

import org.jspecify.annotations.NullMarked;
