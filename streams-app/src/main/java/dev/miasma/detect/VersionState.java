// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import org.jspecify.annotations.Nullable;

/** What is known of one version of an endpoint's model. Mutable. */
final class VersionState {
    final String version;

    /** Event time of the newest block, milliseconds since 1970. */
    long lastSeenMillis;

    final LeakDetector leak = new LeakDetector();
    final Cooldown leakAlarms = new Cooldown();

    /** Event time of the first block of the counts below, milliseconds since 1970. */
    long sinceMillis;

    /** Blocks since the watch began or since the last alarm, and what was in them. */
    long blocks;

    long queries;
    long scored;
    long flagged;

    final RecentScores recent = new RecentScores();

    /** Against the version first seen before this one; null for the first. */
    final @Nullable VersionTest test;

    VersionState(String version, @Nullable VersionTest test) {
        this.version = version;
        this.test = test;
    }

    /** Adds to the counts since the last alarm. */
    void count(LeakBlock block) {
        if (blocks++ == 0) {
            sinceMillis = block.secondMillis();
        }
        queries += block.queries();
        scored += block.scored();
        flagged += block.flagged();
    }

    /** Starts counting for the next alarm. */
    void startCounting() {
        leak.reset();
        blocks = 0;
        queries = 0;
        scored = 0;
        flagged = 0;
    }
}
