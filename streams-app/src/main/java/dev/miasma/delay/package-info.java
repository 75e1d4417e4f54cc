// SPDX-License-Identifier: GPL-3.0-or-later
/** How many queries each simulated attack gets before the alert, and how many false alerts benign clients give. */
@NullMarked
package dev.miasma.delay;

import org.jspecify.annotations.NullMarked;
