// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one subject, a client or a cohort, at one endpoint. Mutable; {@link ClientStateSerde} has its bytes.
 */
final class ClientState {
    static final int NO_BUCKET = -1;

    private static final float[] NO_ROWS = {};

    /** Heap of a state without rows, pages, ring and bins, with its key and its place in the cache. */
    private static final int FIXED_HEAP_BYTES = 550;

    /** M of each row of each sensor's evidence, by place of the sensor; empty where it never spoke. */
    final float[][] evidence = new float[Sensor.COUNT][];

    FirstSightMemory memory = new FirstSightMemory();
    LocalityRing ring = new LocalityRing();

    /** Event time of the newest query, milliseconds since 1970. */
    long lastSeenMillis;

    /** What was seen since the watch began or since the last alarm. */
    final Tally tally = new Tally();

    /** Alarms so far. */
    int alarms;

    /** Alarms of the present series, which ends when there is none for long; the severity rises with it. */
    int series;

    /** Event time of the last alarm. */
    long lastAlarmMillis;

    /** Event time at which the cool-down of the last alert ends. */
    long cooldownEndMillis;

    RiskBand band = RiskBand.LOW;

    /** Whether the client-risk topic has a record of it. */
    boolean told;

    /** Whether the store of memories has a record of it: {@link ClientMemoryStore}. */
    boolean kept;

    /** The bucket of {@link ColdSubjects} that it is counted in; not stored, {@link #NO_BUCKET} where unknown. */
    int bucket = NO_BUCKET;

    private ClientState() {
        Arrays.fill(evidence, NO_ROWS);
    }

    /** A subject first seen at an event time. */
    static ClientState firstSeen(long timeMillis) {
        ClientState state = new ClientState();
        state.lastSeenMillis = timeMillis;
        return state;
    }

    /**
     * Takes note of the event time of a query; after a long silence everything starts anew.
     *
     * @return time since the newest query before, negative for one that is late
     */
    long seenAt(long timeMillis, long idleMillis) {
        long elapsed = timeMillis - lastSeenMillis;
        if (elapsed > idleMillis) {
            startAnew();
        }
        lastSeenMillis = Math.max(lastSeenMillis, timeMillis);
        return elapsed;
    }

    /**
     * Forgets which queries were made, if there is no room for one more. A query could then be a repeat that is not known
     * as one. So evidence and memory start anew together: each stretch is an e-detector of its own, from 0, over queries
     * that are distinct within it, and the expected false alarms of the stretches add up to the same n / c.
     */
    void makeRoom(int capacity) {
        if (memory.size() >= capacity) {
            memory.clear();
            clearEvidence();
        }
    }

    private void clearEvidence() {
        for (float[] rows : evidence) {
            Arrays.fill(rows, 0);
        }
    }

    /** Starts counting for the next alarm. */
    void resetEvidence() {
        clearEvidence();
        tally.clear();
    }

    /** Forgets all queries, and what they were evidence of. */
    void startAnew() {
        memory.clear();
        ring.clear();
        resetEvidence();
    }

    /**
     * Adds what was written apart from it. Where that does not make up the memory, which it does with exactly-once, memory
     * and evidence start anew together, as in {@link #makeRoom}.
     *
     * @param whole null where there is none
     */
    void complete(@Nullable ClientMemory whole) {
        ClientMemory old = whole == null ? ClientMemory.none() : whole;
        FirstSightMemory all = memory.completedBy(old.memory());
        ring = ring.completedBy(old.ring());
        if (all == null) {
            memory.clear();
            clearEvidence();
        } else {
            memory = all;
        }
    }

    /**
     * Reads one word of each line of memory that a query is about to be compared with.
     *
     * @return a number of no meaning, which keeps the compiler from leaving the reading out
     */
    long touch(long fingerprint) {
        long sum = memory.touch(fingerprint) + ring.touch();
        for (float[] rows : evidence) {
            sum += rows.length == 0 ? 0 : (long) rows[0];
        }
        return sum + tally.bins.length;
    }

    /** About the bytes of heap that it takes, with its key and its place in the cache. */
    int heapBytes() {
        int bytes = FIXED_HEAP_BYTES + memory.heapBytes() + ring.heapBytes() + tally.bins.length * Integer.BYTES;
        for (float[] rows : evidence) {
            bytes += rows.length == 0 ? 0 : 16 + rows.length * Float.BYTES;
        }
        return bytes;
    }
}
