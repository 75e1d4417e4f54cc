// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One client or cohort at one endpoint, in full; the fields of {@link ClientItem}, and these.
 *
 * @param sensors the sensors that are on
 * @param path how the evidence went; null where that is not remembered
 */
public record ClientEntry(
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
        String instance,
        List<Reading> sensors,
        @Nullable Path path) {

    /** Of a list's item. */
    public static ClientEntry of(ClientItem item, List<Reading> sensors, @Nullable Path path) {
        return new ClientEntry(
                item.endpoint(),
                item.level(),
                item.evidence(),
                item.threshold(),
                item.band(),
                item.queries(),
                item.since(),
                item.lastSeen(),
                item.alarms(),
                item.memberShare(),
                item.instance(),
                sensors,
                path);
    }

    Rank rank(String id) {
        return new Rank(band, evidence, level, id, endpoint);
    }

    /**
     * What a sensor has seen since the watch began or since the last alarm.
     *
     * @param sensor name of the sensor
     * @param evidence log10 of its part of the evidence
     * @param flagged queries it flagged
     * @param seen queries it looked at
     */
    public record Reading(String sensor, double evidence, long flagged, long seen) {}
}
