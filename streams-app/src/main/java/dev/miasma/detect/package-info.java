// SPDX-License-Identifier: GPL-3.0-or-later
/** Third stage: scored queries to evidence per client, and an alarm when it reaches the threshold of the budget. */
@NullMarked
package dev.miasma.detect;

import org.jspecify.annotations.NullMarked;
