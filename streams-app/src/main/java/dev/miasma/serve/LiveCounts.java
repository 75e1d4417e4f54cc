// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import java.util.List;
import java.util.SortedMap;

/**
 * What this instance stands at, since its start; the stream of snapshots makes rates of it.
 *
 * @param received events read
 * @param rejected events rejected
 * @param lag input records that wait, over all instances
 * @param state of Kafka Streams
 * @param bands clients by risk band
 * @param cohortBands cohorts by risk band
 * @param endpoints endpoints and versions with series of their own
 */
public record LiveCounts(
        long received,
        long rejected,
        long lag,
        String state,
        SortedMap<String, Long> bands,
        SortedMap<String, Long> cohortBands,
        List<OfEndpoint> endpoints) {

    /**
     * One version of an endpoint's model.
     *
     * @param endpoint its name
     * @param version version of its model
     * @param scored answers scored
     * @param window the weights of recent ones
     */
    public record OfEndpoint(String endpoint, String version, long scored, Window window) {}
}
