// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What contenders are put under.
 *
 * @param classes of the posteriors
 * @param clients that ask
 * @param features numbers of a query, 0 for none
 * @param rows of an event, 1 for events without rows
 * @param threads of each contender, or of each instance of a monitor
 * @param instances of the monitor
 * @param queries of a round, in whole events
 * @param warmUps rounds that don't count
 * @param rounds that count
 * @param seed of the events
 * @param settings configuration of the monitor beside the defaults
 */
record Load(
        int classes,
        int clients,
        int features,
        int rows,
        int threads,
        int instances,
        int queries,
        int warmUps,
        int rounds,
        long seed,
        Map<String, String> settings) {
    private static final int LEAST_PARTITIONS = 4;

    Load {
        queries -= queries % rows;
    }

    /** Partitions of the input, enough for every thread. */
    int partitions() {
        return Math.max(LEAST_PARTITIONS, threads * instances);
    }

    Load withClasses(int other) {
        return new Load(other, clients, features, rows, threads, instances, queries, warmUps, rounds, seed, settings);
    }

    Load withClients(int other) {
        return new Load(classes, other, features, rows, threads, instances, queries, warmUps, rounds, seed, settings);
    }

    Load withInstances(int other) {
        return new Load(classes, clients, features, rows, threads, other, queries, warmUps, rounds, seed, settings);
    }

    Load withQueries(int other) {
        return new Load(classes, clients, features, rows, threads, instances, other, warmUps, rounds, seed, settings);
    }

    /**
     * A round's name in messages.
     *
     * @param round from 0 on, below 0 for a warm-up
     */
    String nameOf(int round) {
        return round < 0 ? "warm-up " + (round + warmUps + 1) : "round " + (round + 1) + " of " + rounds;
    }

    BenchEvents events() {
        return new BenchEvents(classes, clients, features, rows, seed);
    }

    Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("classes", classes);
        map.put("clients", clients);
        map.put("features", features);
        if (rows > 1) {
            map.put("rows", rows);
        }
        map.put("threads", threads);
        map.put("instances", instances);
        map.put("partitions", partitions());
        map.put("queries", queries);
        map.put("warmUps", warmUps);
        map.put("rounds", rounds);
        map.put("seed", seed);
        if (!settings.isEmpty()) {
            map.put("settings", settings);
        }
        return map;
    }
}
