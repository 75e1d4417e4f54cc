// SPDX-License-Identifier: GPL-3.0-or-later
/**
 * An audit for readers: one HTML file that fetches nothing and runs nothing, one JSON object, a few lines for a terminal.
 */
@NullMarked
package dev.miasma.report;

import org.jspecify.annotations.NullMarked;
