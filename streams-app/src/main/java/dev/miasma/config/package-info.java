// SPDX-License-Identifier: GPL-3.0-or-later
/** The monitor's configuration: every key with its type, default, validator and documentation in one place. */
@NullMarked
package dev.miasma.config;

import org.jspecify.annotations.NullMarked;
