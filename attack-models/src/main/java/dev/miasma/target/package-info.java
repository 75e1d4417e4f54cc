// SPDX-License-Identifier: GPL-3.0-or-later
/** Target and shadow classifiers: what an attack asks, trained by Smile and answered in plain Java. */
@NullMarked
package dev.miasma.target;

import org.jspecify.annotations.NullMarked;
