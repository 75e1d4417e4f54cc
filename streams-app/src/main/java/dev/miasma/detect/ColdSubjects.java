// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import java.util.Arrays;

/**
 * How the evidence of all subjects of a task lies, so that where there are too many the coldest can go first: a flood of
 * invented clients pushes out itself and no suspect. To forget a subject restarts its evidence at 0, which keeps the
 * budget.
 */
final class ColdSubjects {
    private static final int BUCKETS = 64;
    private static final double BUCKETS_PER_E = 2;

    /** Once there are too many, the coldest part of this size may go. */
    private static final double PART = 0.1;

    private final int capacity;
    private final int[] counts = new int[BUCKETS];
    private int total;

    /**
     * @param capacity subjects that are kept
     */
    ColdSubjects(int capacity) {
        this.capacity = capacity;
    }

    /** The bucket of an evidence; one of a subject with an alarm or above the low band is never that of a cold one. */
    static int bucket(ClientState state, double evidence) {
        if (state.band != RiskBand.LOW) {
            return BUCKETS - 1;
        }
        return (int) Math.min(BUCKETS - 2, BUCKETS_PER_E * Math.log1p(evidence));
    }

    void add(int bucket) {
        counts[bucket]++;
        total++;
    }

    void remove(int bucket) {
        counts[bucket]--;
        total--;
    }

    /** Forgets all subjects. */
    void clear() {
        Arrays.fill(counts, 0);
        total = 0;
    }

    boolean tooMany() {
        return total > capacity;
    }

    int total() {
        return total;
    }

    /** Subjects in buckets up to this one may go: the fewest that make up a tenth of all. */
    int coldestBucket() {
        long sum = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            sum += counts[bucket];
            if (sum >= PART * total) {
                return bucket;
            }
        }
        return BUCKETS - 1;
    }
}
