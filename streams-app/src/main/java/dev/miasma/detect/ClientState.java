// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import java.util.Arrays;

/** What is known of one client at one endpoint. Mutable; {@link ClientStateSerde} has its bytes. */
final class ClientState {
    /** M of each row of the member-likeness evidence. */
    double[] memberLikeness = new double[0];

    FirstSightMemory memory = new FirstSightMemory();

    /** Event time of the newest query, milliseconds since 1970. */
    long lastSeenMillis;

    /** Event time of the first query since the watch began or since the last alarm. */
    long sinceMillis;

    /** Queries since then. */
    long queries;

    /** Those that were no repeats. */
    long firstSights;

    /** First sights whose score reached the median of known non-members. */
    long aboveMedian;

    /** First sights whose answer was flagged. */
    long flagged;

    /** Alarms so far. */
    int alarms;

    /** Event time at which the cool-down of the last alert ends. */
    long cooldownEndMillis;

    RiskBand band = RiskBand.LOW;

    /** A client first seen at an event time. */
    static ClientState firstSeen(long timeMillis) {
        ClientState state = new ClientState();
        state.lastSeenMillis = timeMillis;
        return state;
    }

    /** Starts counting for the next alarm. */
    void resetEvidence() {
        Arrays.fill(memberLikeness, 0);
        queries = 0;
        firstSights = 0;
        aboveMedian = 0;
        flagged = 0;
    }
}
