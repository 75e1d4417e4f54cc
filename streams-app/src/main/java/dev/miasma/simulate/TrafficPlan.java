// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

/**
 * Who asks, how much, and about what.
 *
 * @param seed of every random choice; the same plan gives the same queries in the same order
 * @param benignClients clients that ask about records outside the training set
 * @param probers clients that mix training members into their queries
 * @param memberShare share of a prober's queries that are about members, 0 to 1
 * @param proberTraffic share of all queries that probers make, 0 to 1
 * @param startMillis event time of the first query, milliseconds since 1970
 * @param queriesPerSecond of event time
 */
public record TrafficPlan(
        long seed,
        int benignClients,
        int probers,
        double memberShare,
        double proberTraffic,
        long startMillis,
        int queriesPerSecond) {

    /** Checks the bounds. */
    public TrafficPlan {
        require(benignClients >= 1, "benign clients", benignClients, "at least 1");
        require(probers >= 0, "probers", probers, "at least 0");
        require(memberShare >= 0 && memberShare <= 1, "member share", memberShare, "0 to 1");
        require(proberTraffic >= 0 && proberTraffic < 1, "share of probers' queries", proberTraffic, "0 to below 1");
        require(queriesPerSecond >= 1, "queries per second", queriesPerSecond, "at least 1");
    }

    private static void require(boolean holds, String name, Number value, String bound) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + ": must be " + bound);
        }
    }
}
