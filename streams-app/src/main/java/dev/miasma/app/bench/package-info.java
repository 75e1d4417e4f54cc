// SPDX-License-Identifier: GPL-3.0-or-later
/** Measures the monitor's speed and memory, always beside a baseline of the same run. */
@NullMarked
package dev.miasma.app.bench;

import org.jspecify.annotations.NullMarked;
