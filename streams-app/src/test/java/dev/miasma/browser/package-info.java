// SPDX-License-Identifier: GPL-3.0-or-later
/** A real Chromium without a window, driven by the Chrome DevTools protocol. */
@NullMarked
package dev.miasma.browser;

import org.jspecify.annotations.NullMarked;
