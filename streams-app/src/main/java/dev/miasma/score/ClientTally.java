// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import java.util.function.LongPredicate;

/** What is counted of one client at one endpoint. Another sensor's null starts with a count here. */
final class ClientTally {
    /** Distinct queries of one client that are used; more add next to nothing to its own rate. */
    static final int MOST_FIRST_SIGHTS = 100_000;

    final long[] countsByBin;
    long queries;
    long firstSights;
    long repeats;
    private final LongPredicate memory;

    /**
     * @param bins of the attack score
     * @param memory whether a fingerprint is new; takes note of it
     */
    ClientTally(int bins, LongPredicate memory) {
        countsByBin = new long[bins];
        this.memory = memory;
    }

    /** Adds a query whose score is in a bin. */
    void add(long fingerprint, int bin) {
        queries++;
        if (memory.test(fingerprint)) {
            firstSights++;
            countsByBin[bin]++;
        } else {
            repeats++;
        }
    }

    /** Whether there is enough of this client. */
    boolean full() {
        return firstSights >= MOST_FIRST_SIGHTS;
    }
}
