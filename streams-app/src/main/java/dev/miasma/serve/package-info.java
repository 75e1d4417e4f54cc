// SPDX-License-Identifier: GPL-3.0-or-later
/** The monitor's HTTP side: metrics and health. */
@NullMarked
package dev.miasma.serve;

import org.jspecify.annotations.NullMarked;
