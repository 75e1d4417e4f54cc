// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of watched clients and cohorts.
 *
 * @param items the riskiest first
 * @param next cursor of the page after it; null for none
 * @param total how many there are on all pages; null where that is not counted
 * @param unreachable instances that did not answer
 */
record ClientPage(
        List<ClientItem> items,
        @Nullable String next,
        @Nullable Long total,
        List<String> unreachable) {}
