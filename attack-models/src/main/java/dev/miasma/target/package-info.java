// SPDX-License-Identifier: GPL-3.0-or-later
/**
 * Target and shadow classifiers: what an attack asks. Logistic regression and trees are trained by Smile, networks by
 * DJL where it is there; all of them are made by a {@link dev.miasma.target.TargetTrainer} and asked as a {@link
 * dev.miasma.target.TargetModel}.
 */
@NullMarked
package dev.miasma.target;

import org.jspecify.annotations.NullMarked;
