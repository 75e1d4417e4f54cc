// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.score.ScoredQuery;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The keys of queries that were looked at and not yet taken, so that each is made once only. */
final class ForeseenKeys {
    /** As many as are mostly taken together; the keys of those beyond are made again. */
    static final int MOST = 64;

    private final @Nullable ScoredQuery[] queries = new @Nullable ScoredQuery[MOST];
    private final @Nullable String[] keys = new @Nullable String[MOST];
    private int size;
    private int taken;

    /** Keeps the key of a query that comes after all that are kept. */
    void keep(ScoredQuery query, String key) {
        if (size < MOST) {
            queries[size] = query;
            keys[size++] = key;
        }
    }

    /** The key of the next query, or null where it is not the one that was foreseen; then the others are forgotten too. */
    @SuppressWarnings("ReferenceEquality") // The very object was looked at; one like it may come from elsewhere.
    @Nullable
    String take(ScoredQuery query) {
        if (taken == size || queries[taken] != query) {
            clear();
            return null;
        }
        String key = keys[taken++];
        if (taken == size) {
            clear();
        }
        return key;
    }

    private void clear() {
        Arrays.fill(queries, 0, size, null);
        Arrays.fill(keys, 0, size, null);
        size = 0;
        taken = 0;
    }
}
