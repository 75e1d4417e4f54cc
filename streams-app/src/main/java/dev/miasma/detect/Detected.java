// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.score.ScoredQuery;

/** What the detect stage passes on. */
public sealed interface Detected permits Detection, LeakBlock, Detected.Dropped, Detected.ForCohort {
    /**
     * A subject was forgotten whose risk had been told.
     *
     * @param subject as {@link Detection#subject()}
     */
    record Dropped(String subject) implements Detected {}

    /**
     * A query that its cohort is to be watched by as well.
     *
     * @param query the first of its kind from its client
     */
    record ForCohort(ScoredQuery query) implements Detected {}
}
