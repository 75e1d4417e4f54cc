// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

/** What is counted of one client at one endpoint. */
final class ClientTally {
    /** Distinct queries of one client that are used; more add next to nothing to its own rate. */
    static final int MOST_FIRST_SIGHTS = 100_000;

    final long[] countsByBin;

    /** Queries with an attack score. */
    long scored;

    /** Those of them that the client had not made before. */
    long firstSights;

    final ClientSights sights;
    private long distinct;

    /**
     * @param bins of the attack score
     * @param sights of this client
     */
    ClientTally(int bins, ClientSights sights) {
        countsByBin = new long[bins];
        this.sights = sights;
    }

    /** Adds a query, with or without an attack score. */
    void add(ScoredQuery query) {
        boolean first = sights.add(query);
        distinct += first ? 1 : 0;
        AttackScore attack = query.attack();
        if (attack == null) {
            return;
        }
        scored++;
        if (first) {
            firstSights++;
            countsByBin[attack.bin()]++;
        }
    }

    /** Queries with an attack score that the client had made before. */
    long repeats() {
        return scored - firstSights;
    }

    /** Whether there is enough of this client. */
    boolean full() {
        return distinct >= MOST_FIRST_SIGHTS;
    }
}
