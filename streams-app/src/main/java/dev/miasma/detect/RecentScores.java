// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import java.util.Arrays;

/**
 * The scored first sights of a version of late, by bin: the last {@value #BUCKET} to twice as many, in whole numbers, as
 * exact bounds want them. By queries and not by time, so that it is the same however fast they come. Mutable.
 */
final class RecentScores {
    /** Scored first sights after which the older half of the window is given up. */
    static final int BUCKET = 10_000;

    /** Attack model of the bins. */
    String model = "";

    /** The half before. */
    long[] older = new long[0];

    /** The present half. */
    long[] newer = new long[0];

    /** Adds a block with at least one scored first sight; another attack model starts the window anew. */
    void add(LeakBlock block) {
        if (!model.equals(block.modelId())) {
            model = block.modelId();
            older = new long[0];
            newer = new long[0];
        }
        if (Arrays.stream(newer).sum() >= BUCKET) {
            older = newer;
            newer = new long[0];
        }
        newer = sum(newer, block.bins());
    }

    /** Counts by bin, as long as the highest bin wants. */
    long[] counts() {
        return sum(older, newer);
    }

    private static long[] sum(long[] some, long[] more) {
        long[] sum = Arrays.copyOf(some, Math.max(some.length, more.length));
        for (int bin = 0; bin < more.length; bin++) {
            sum[bin] += more[bin];
        }
        return sum;
    }
}
