// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of alerts.
 *
 * @param items newest first
 * @param next cursor of the page after it; null for none
 * @param total how many there are on all pages
 */
record AlertPage(List<AlertItem> items, @Nullable String next, long total) {}
