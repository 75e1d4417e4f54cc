// SPDX-License-Identifier: GPL-3.0-or-later
/** Simulated clients, benign and probing, and the events of their queries. */
@NullMarked
package dev.miasma.simulate;

import org.jspecify.annotations.NullMarked;
