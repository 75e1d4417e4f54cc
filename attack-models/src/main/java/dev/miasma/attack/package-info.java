// SPDX-License-Identifier: GPL-3.0-or-later
/**
 * Attack models: from a posterior to a score, from a score to evidence with a known mean under the benign null, and the
 * model file that carries both.
 */
@NullMarked
package dev.miasma.attack;

import org.jspecify.annotations.NullMarked;
