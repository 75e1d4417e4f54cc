// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** All attack models of this instance, by name. */
record ModelPage(List<ModelItem> items, @Nullable String next, long total) {}
