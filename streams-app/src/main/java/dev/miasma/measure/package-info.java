// SPDX-License-Identifier: GPL-3.0-or-later
/** What every stage reports, and how it becomes Prometheus metrics. */
@NullMarked
package dev.miasma.measure;

import org.jspecify.annotations.NullMarked;
