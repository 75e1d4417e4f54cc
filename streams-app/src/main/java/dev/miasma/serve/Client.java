// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import java.util.List;

/**
 * One client, or cohort, at all endpoints.
 *
 * @param id as asked for
 * @param instance instance that holds the first entry
 * @param entries the riskiest first; at least one
 */
record Client(String id, String instance, List<ClientEntry> entries) {}
