// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import java.util.List;

/**
 * Who asks, how much, and when.
 *
 * @param groups of clients, attacking and benign
 * @param benignClients clients divided among the benign groups that do not say how many they are
 * @param perSecond queries a second of event time, of all clients together
 * @param seed of every random choice. A client's queries depend on the seed, its kind and its number alone, not on the
 *     other groups
 * @param startMillis event time of the beginning, milliseconds since 1970
 * @param prefix that names of clients and ids of queries begin with
 */
public record ScenarioPlan(
        List<ClientGroup> groups, int benignClients, double perSecond, long seed, long startMillis, String prefix) {

    /** Checks the bounds. */
    public ScenarioPlan {
        groups = List.copyOf(groups);
        require(!groups.isEmpty(), "no kinds of clients: at least 1 is needed");
        require(benignClients >= 1, "benign clients are " + benignClients + ": must be at least 1");
        require(perSecond > 0 && perSecond <= 1e6, "queries a second are " + perSecond + ": must be above 0 to 1e6");
        require(startMillis >= 0, "start is " + startMillis + " ms: must not be before 1970");
        double fixed = groups.stream().mapToDouble(ScenarioPlan::traffic).sum();
        boolean rest = groups.stream().anyMatch(group -> traffic(group) == 0);
        require(
                fixed <= 1 + 1e-9 && !(rest && fixed > 1 - 1e-9),
                "shares of traffic sum to " + Math.round(fixed * 1e6) / 1e6 + ": must be "
                        + (rest ? "below 1, for the rest is of those without a share" : "at most 1"));
        for (ClientGroup group : groups) {
            require(
                    !group.kind().attack() || traffic(group) > 0,
                    group.kind().name() + ": traffic is 0: must be above 0");
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Clients of a group. */
    int clients(ClientGroup group) {
        int given = group.values().whole(ClientKind.CLIENTS);
        if (given > 0) {
            return given;
        }
        long dividing = groups.stream()
                .filter(other -> other.values().whole(ClientKind.CLIENTS) == 0)
                .count();
        return (int) Math.max(1, benignClients / dividing);
    }

    /** Queries a second of event time of each client of a group. */
    double perSecond(ClientGroup group) {
        double fixed = groups.stream().mapToDouble(ScenarioPlan::traffic).sum();
        long resting = groups.stream()
                .filter(other -> traffic(other) == 0)
                .mapToLong(this::clients)
                .sum();
        // Without anyone to take the rest, the shares are of each other.
        double share = traffic(group) > 0
                ? traffic(group) / clients(group) / (resting == 0 ? fixed : 1)
                : (1 - fixed) / resting;
        return perSecond * share;
    }

    private static double traffic(ClientGroup group) {
        return group.values().number(ClientKind.TRAFFIC);
    }
}
