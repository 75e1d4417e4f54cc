// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.score.AttackScore;
import dev.miasma.score.ScoredQuery;
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

    private static final long SECOND = 1000;

    /** A block that has nothing yet, of the second of a query. */
    static LeakBlock startedBy(ScoredQuery query) {
        return new LeakBlock(query.endpoint(), query.version(), second(query), 0, 0, "", 0, new long[0]);
    }

    private static long second(ScoredQuery query) {
        return Math.floorDiv(query.timeMillis(), SECOND) * SECOND;
    }

    /** Whether the block is over when this query comes: it is of a later second, or scored by another model. */
    boolean endsBefore(ScoredQuery query) {
        AttackScore attack = query.attack();
        return second(query) > secondMillis
                || (attack != null && !modelId.isEmpty() && !attack.modelId().equals(modelId));
    }

    /**
     * The block with one more query.
     *
     * @param firstSight whether the query was new to its client
     * @param newClient whether the client was new
     */
    LeakBlock with(ScoredQuery query, boolean firstSight, boolean newClient) {
        AttackScore attack = query.attack();
        boolean scored = firstSight && attack != null && attack.bin() < Tally.MAX_BINS;
        long clients = newClients + (newClient ? 1 : 0);
        if (!scored || attack == null) {
            return new LeakBlock(endpoint, version, secondMillis, queries + 1, clients, modelId, flagged, bins);
        }
        long[] counts = Arrays.copyOf(bins, Math.max(bins.length, attack.bin() + 1));
        counts[attack.bin()]++;
        return new LeakBlock(
                endpoint,
                version,
                secondMillis,
                queries + 1,
                clients,
                attack.modelId(),
                flagged + (attack.flagged() ? 1 : 0),
                counts);
    }

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
