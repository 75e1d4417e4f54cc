// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.score.AttackScore;
import dev.miasma.score.ScoredQuery;
import java.util.Arrays;

/** A {@link LeakBlock} that is not over yet. Mutable: every query adds to one. */
final class OpenLeakBlock {
    private static final long SECOND = 1000;

    private final String endpoint;
    private final String version;
    private final long secondMillis;
    private long queries;
    private long newClients;
    private String modelId = "";
    private long flagged;
    private long[] bins = {};

    private OpenLeakBlock(String endpoint, String version, long secondMillis) {
        this.endpoint = endpoint;
        this.version = version;
        this.secondMillis = secondMillis;
    }

    /** A block that has nothing yet, of the second of a query. */
    static OpenLeakBlock startedBy(ScoredQuery query) {
        return new OpenLeakBlock(query.endpoint(), query.version(), second(query));
    }

    /** The block that has what another has. */
    static OpenLeakBlock of(LeakBlock block) {
        OpenLeakBlock open = new OpenLeakBlock(block.endpoint(), block.version(), block.secondMillis());
        open.queries = block.queries();
        open.newClients = block.newClients();
        open.modelId = block.modelId();
        open.flagged = block.flagged();
        open.bins = block.bins().clone();
        return open;
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
     * Adds a query.
     *
     * @param firstSight whether the query was new to its client
     * @param newClient whether the client was new
     */
    void add(ScoredQuery query, boolean firstSight, boolean newClient) {
        queries++;
        newClients += newClient ? 1 : 0;
        AttackScore attack = query.attack();
        if (!firstSight || attack == null || attack.bin() >= Tally.MAX_BINS) {
            return;
        }
        if (attack.bin() >= bins.length) {
            bins = Arrays.copyOf(bins, attack.bin() + 1);
        }
        bins[attack.bin()]++;
        modelId = attack.modelId();
        flagged += attack.flagged() ? 1 : 0;
    }

    /** What is in it now. */
    LeakBlock soFar() {
        return new LeakBlock(endpoint, version, secondMillis, queries, newClients, modelId, flagged, bins.clone());
    }
}
