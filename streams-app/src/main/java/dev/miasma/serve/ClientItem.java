// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import org.jspecify.annotations.Nullable;

/**
 * A client or a cohort at one endpoint, in a list.
 *
 * @param id pseudonym of the client, or name of the cohort
 * @param endpoint endpoint asked
 * @param level "client" or "cohort"
 * @param evidence log10 of the e-detector's value; 0 where that is 1 or less
 * @param threshold log10 of the alarm threshold
 * @param band risk band
 * @param queries queries since the watch began or since the last alarm
 * @param since time of the first of them; null where there are none
 * @param lastSeen time of the newest query
 * @param alarms alarms so far
 * @param memberShare share of training members among the scored first sights; null where not known
 * @param instance instance that holds it
 */
public record ClientItem(
        String id,
        String endpoint,
        String level,
        double evidence,
        double threshold,
        String band,
        long queries,
        @Nullable String since,
        String lastSeen,
        int alarms,
        @Nullable MemberShare memberShare,
        String instance) {}
