// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one task counted of an endpoint's version in one second of event time. Such blocks, and not the queries, are what
 * the endpoint level sees. Where a block ends never depends on the scores in it.
 *
 * @param endpoint endpoint that answered
 * @param version version of its model
 * @param secondMillis start of the second, milliseconds since 1970; queries of an earlier one may be in it as well
 * @param queries all queries
 * @param newClients those of them that a client's watch began with
 * @param modelId attack model of the bins; empty where nothing was scored
 * @param flagged scored first sights whose answer was flagged
 * @param bins scored first sights by bin of that model's calibration, as long as the highest bin wants; never changed
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by value below.
public record LeakBlock(
        String endpoint,
        String version,
        long secondMillis,
        long queries,
        long newClients,
        String modelId,
        long flagged,
        long[] bins)
        implements Detected {

    /** Scored first sights. */
    long scored() {
        return Arrays.stream(bins).sum();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LeakBlock that
                && endpoint.equals(that.endpoint)
                && version.equals(that.version)
                && secondMillis == that.secondMillis
                && queries == that.queries
                && newClients == that.newClients
                && modelId.equals(that.modelId)
                && flagged == that.flagged
                && Arrays.equals(bins, that.bins);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(secondMillis * 31 + queries) + endpoint.hashCode();
    }
}
