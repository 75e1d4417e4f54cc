// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something to tell of a client at an endpoint: an alarm, a change of risk band, or both.
 *
 * @param client pseudonym of the client
 * @param endpoint endpoint it asked
 * @param version version of the endpoint's model that answered last
 * @param cohort group of the client
 * @param timeMillis event time of the query that led here, milliseconds since 1970
 * @param queryId id of that query
 * @param sensor name of the sensor whose evidence this is
 * @param alarm what became of the alarm, if there was one
 * @param evidence value of the e-detector before its reset
 * @param threshold alarm threshold c
 * @param queries queries since the watch began or since the last alarm
 * @param firstSights those of them that were no repeats
 * @param aboveMedian first sights whose score reached the median of known non-members, which half of a benign client's do
 * @param flagged first sights whose answer was flagged as leaky
 * @param nullShare share of calibration non-members that are flagged
 * @param sinceMillis event time of the first of these queries
 * @param alarms alarms of this client at this endpoint, this one included
 * @param bandBefore risk band before; null for a client seen for the first time
 * @param band risk band now
 * @param modelId short id of the attack-model file
 * @param budgetGuaranteed whether its calibration bears the alert budget
 */
public record Detection(
        String client,
        String endpoint,
        String version,
        @Nullable String cohort,
        long timeMillis,
        String queryId,
        String sensor,
        Alarm alarm,
        double evidence,
        double threshold,
        long queries,
        long firstSights,
        long aboveMedian,
        long flagged,
        double nullShare,
        long sinceMillis,
        int alarms,
        @Nullable RiskBand bandBefore,
        RiskBand band,
        String modelId,
        boolean budgetGuaranteed) {

    /** Names of all sensors. */
    public static final List<String> SENSORS = List.of(Detector.MEMBER_LIKENESS);

    /** What became of an alarm. */
    public enum Alarm {
        /** The evidence is below the threshold. */
        NONE,
        /** To be sent as an alert. */
        SENT,
        /** Inside the cool-down of an alert: to be counted only. */
        HELD
    }

    /** The client and the endpoint together, as a key. */
    public String subject() {
        return client + "@" + endpoint;
    }
}
