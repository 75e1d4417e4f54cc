// SPDX-License-Identifier: GPL-3.0-or-later
/** The command line; the only package that ends the process. */
@NullMarked
package dev.miasma.app;

import org.jspecify.annotations.NullMarked;
