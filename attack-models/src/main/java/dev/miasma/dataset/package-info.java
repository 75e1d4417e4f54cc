// SPDX-License-Identifier: GPL-3.0-or-later
/** Data to train and attack models on: the papers' data sets, synthetic ones, splits, and files of posteriors. */
@NullMarked
package dev.miasma.dataset;

import org.jspecify.annotations.NullMarked;
