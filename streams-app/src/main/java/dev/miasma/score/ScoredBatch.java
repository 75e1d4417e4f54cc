// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import java.util.ArrayList;
import java.util.List;

/**
 * Scored queries that travel as one record, in their order: a record of its own for each would cost more than all that is
 * made of the query.
 *
 * @param queries with the timestamps of their records; never changed
 */
public record ScoredBatch(List<Timed> queries) {
    /** A timestamp for "that of the batch's own record", which is what queries of older releases have. */
    public static final long OF_RECORD = -1;

    /**
     * One of them.
     *
     * @param query itself
     * @param timestampMillis of the record it was made of, or {@link #OF_RECORD}
     */
    public record Timed(ScoredQuery query, long timestampMillis) {}

    /** Gathers a batch that stays below a number of queries and a number of bytes. */
    public static final class Builder {
        private static final int MAX_QUERIES = 64;
        private static final int MAX_BYTES = 64 << 10;

        private List<Timed> queries = new ArrayList<>(MAX_QUERIES);
        private int bytes;

        /** Whether one more may be added; always true of an empty one, so that the largest of queries finds its place. */
        public boolean hasRoomFor(ScoredQuery query) {
            return queries.isEmpty()
                    || (queries.size() < MAX_QUERIES && bytes + ScoredQuerySerde.sizeAtMost(query) <= MAX_BYTES);
        }

        /** Adds one behind the others. */
        public void add(ScoredQuery query, long timestampMillis) {
            queries.add(new Timed(query, timestampMillis));
            bytes += ScoredQuerySerde.sizeAtMost(query);
        }

        /** Whether there is none in it. */
        public boolean isEmpty() {
            return queries.isEmpty();
        }

        /** What was added since the last call, which may be nothing. */
        public ScoredBatch take() {
            ScoredBatch batch = new ScoredBatch(queries);
            queries = new ArrayList<>(MAX_QUERIES);
            bytes = 0;
            return batch;
        }
    }
}
