// SPDX-License-Identifier: GPL-3.0-or-later
/** Second stage: a prediction to a {@link dev.miasma.score.ScoredQuery}, by the attack model of its endpoint. */
@NullMarked
package dev.miasma.score;

import org.jspecify.annotations.NullMarked;
