// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import java.util.ArrayList;
import java.util.List;

/**
 * Scored queries that travel as one record, in their order, for what Kafka does for a record it then does once for all.
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

        /**
         * Adds one behind the others, if there is room; in an empty batch there always is, for the largest of queries as well.
         *
         * @return whether it was added
         */
        public boolean add(ScoredQuery query, long timestampMillis) {
            int size = ScoredQuerySerde.sizeAtMost(query);
            if (!queries.isEmpty() && (queries.size() == MAX_QUERIES || bytes + size > MAX_BYTES)) {
                return false;
            }
            queries.add(new Timed(query, timestampMillis));
            bytes += size;
            return true;
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
