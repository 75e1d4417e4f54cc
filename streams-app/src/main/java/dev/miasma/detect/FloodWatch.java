// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import org.jspecify.annotations.Nullable;

/**
 * Counts the new clients of an endpoint by minute of event time. A flood is a minute with more of them than a configured
 * number and than ten times the average of the hour before: somebody invents client ids, to hide probes among them or to
 * make the monitor forget. A rule of thumb and no test. Mutable.
 */
final class FloodWatch {
    /** Minutes of the average. */
    static final int HOUR = 60;

    private static final double TIMES_AVERAGE = 10;
    private static final long MINUTE_MS = 60_000;

    /** No minute: nothing was counted, or no flood was seen. */
    static final long NONE = Long.MIN_VALUE;

    /** New clients by minute modulo their number: the newest minute and the hour before it. */
    final long[] minutes = new long[HOUR + 1];

    /** First minute counted, minutes since 1970. */
    long first = NONE;

    /** Newest minute counted. */
    long newest = NONE;

    /** Newest minute that was called a flood. */
    long flooded = NONE;

    /**
     * Counts a block.
     *
     * @param limit new clients in a minute that are never a flood
     * @return a flood, told once a minute; null for none
     */
    EndpointAlert.@Nullable Flood add(LeakBlock block, long limit) {
        long minute = Math.floorDiv(block.secondMillis(), MINUTE_MS);
        if (newest == NONE) {
            first = minute;
            newest = minute;
        }
        goOnTo(minute);
        if (minute < newest - HOUR) {
            return null;
        }
        minutes[place(minute)] += block.newClients();
        long count = minutes[place(minute)];
        double average = averageBefore(minute);
        double most = Math.max((double) limit, TIMES_AVERAGE * average);
        if (count <= most || (flooded != NONE && minute <= flooded)) {
            return null;
        }
        flooded = minute;
        return new EndpointAlert.Flood(minute * MINUTE_MS, count, most, average);
    }

    private void goOnTo(long minute) {
        for (long next = Math.max(newest + 1, minute - HOUR); next <= minute; next++) {
            minutes[place(next)] = 0;
        }
        newest = Math.max(newest, minute);
    }

    /** The mean over the minutes before this one, from the first on; 0 where there were none. */
    private double averageBefore(long minute) {
        long oldest = Math.max(Math.max(first, minute - HOUR), newest - HOUR);
        long sum = 0;
        for (long earlier = oldest; earlier < minute; earlier++) {
            sum += minutes[place(earlier)];
        }
        return minute <= oldest ? 0 : (double) sum / (minute - oldest);
    }

    private int place(long minute) {
        return Math.floorMod(minute, minutes.length);
    }
}
