// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

/** One client's memory of what it has asked, as the detect stage keeps it, for who has to count as it does. */
public final class FirstSights {
    private final FirstSightMemory memory = new FirstSightMemory();

    /**
     * Takes note of a query; at most some 33 million can be.
     *
     * @param fingerprint of the query
     * @return whether this is its first sight; now and then a new one is taken for a repeat, never the other way round
     */
    public boolean add(long fingerprint) {
        return memory.add(fingerprint);
    }
}
