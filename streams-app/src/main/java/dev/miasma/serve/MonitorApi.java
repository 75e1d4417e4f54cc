// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the API is answered from; each of this instance alone.
 *
 * @param fleet the instances
 * @param status what runs here
 * @param watchlist clients and cohorts
 * @param endpoints endpoints and versions
 * @param alerts the alerts of all instances
 * @param models attack models
 * @param topology stages and tasks
 * @param live counts for the stream of snapshots
 * @param clock for the time of a snapshot
 */
public record MonitorApi(
        Fleet fleet,
        Supplier<MonitorStatus> status,
        Watchlist watchlist,
        Supplier<List<EndpointItem>> endpoints,
        AlertLog alerts,
        Supplier<List<ModelItem>> models,
        Supplier<TopologyPage> topology,
        Supplier<LiveCounts> live,
        InstantSource clock) {}
