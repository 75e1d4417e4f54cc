// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

/** Counts, for one client at one endpoint, what the monitor's sensors say of its queries. */
public interface ClientSights {
    /**
     * Adds a query; at most some 33 million distinct ones can be.
     *
     * @return whether this is the first sight of it among all that were added, however long ago; now and then a new query
     *     is taken for a repeat, never the other way round
     */
    boolean add(ScoredQuery query);

    /**
     * Queries that a sensor had something to say of.
     *
     * @param sensor name of one that only flags
     * @throws IllegalArgumentException if there is no such sensor
     */
    long asked(String sensor);

    /** Those of them that it flagged; parameters as above. */
    long flagged(String sensor);
}
