// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a client or a cohort at one endpoint, to be shown.
 *
 * @param level which of the two
 * @param id pseudonym of the client, or name of the cohort
 * @param endpoint endpoint that it asks
 * @param evidence value of the e-detector
 * @param threshold alarm threshold c
 * @param band risk band as of its newest query
 * @param queries queries since the watch began or since the last alarm
 * @param sinceMillis event time of the first of them, milliseconds since 1970; of no meaning where there are none
 * @param lastSeenMillis event time of the newest query, milliseconds since 1970
 * @param alarms alarms so far, those held back included
 * @param detail the rest
 */
public record Subject(
        Level level,
        String id,
        String endpoint,
        double evidence,
        double threshold,
        RiskBand band,
        long queries,
        long sinceMillis,
        long lastSeenMillis,
        int alarms,
        @Nullable Detail detail) {

    /**
     * What takes time to work out, so that it is left out where many subjects are looked at.
     *
     * @param memberShare share of training members among the scored first sights; null where their attack model is not
     *     known here or knows no members, or there are none
     * @param sensors those that are on
     * @param path how the evidence went; null where that is not remembered
     */
    public record Detail(
            @Nullable MemberShare memberShare,
            List<Reading> sensors,
            @Nullable EvidencePath path) {}

    /**
     * What a sensor has seen of a subject since its watch began or since the last alarm.
     *
     * @param sensor name of the sensor
     * @param evidence its part of the evidence
     * @param flagged queries it flagged
     * @param seen queries it looked at
     */
    public record Reading(String sensor, double evidence, long flagged, long seen) {}
}
