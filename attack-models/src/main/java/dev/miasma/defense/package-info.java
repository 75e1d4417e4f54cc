// SPDX-License-Identifier: GPL-3.0-or-later
/**
 * Defences against membership inference, each with its paper: what can be done to a model's answers
 * ({@link dev.miasma.defense.OutputDefense}) and to its training ({@link dev.miasma.defense.TrainingDefense}). What they
 * are worth against an attacker who knows them, an audit says.
 */
@NullMarked
package dev.miasma.defense;

import org.jspecify.annotations.NullMarked;
