// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All endpoints and versions.
 *
 * @param items by name and version
 * @param next always null
 * @param total how many
 * @param unreachable instances that did not answer
 */
record EndpointPage(
        List<EndpointItem> items,
        @Nullable String next,
        @Nullable Long total,
        List<String> unreachable) {}
