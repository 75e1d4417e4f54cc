// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something to tell of a client or a cohort at an endpoint: an alarm, a change of risk band, or both.
 *
 * @param level whose evidence this is
 * @param client pseudonym of the client; at the level of a cohort of the one whose query led here
 * @param endpoint endpoint it asked
 * @param version version of the endpoint's model that answered last
 * @param cohort group of the client
 * @param timeMillis event time of the query that led here, milliseconds since 1970
 * @param queryId id of that query
 * @param sensor name of the sensor with the largest part of the evidence
 * @param sensorNull most of a benign client's queries that this sensor flags, where that is configured; else NaN
 * @param alarm what became of the alarm, if there was one
 * @param evidence value of the e-detector before its reset
 * @param threshold alarm threshold c
 * @param observed what was seen
 * @param alarms alarms of this subject, this one included
 * @param step how far the series of alarms has gone up the ladder of severity: 0, 1 or 2
 * @param bandBefore risk band before; null for a subject seen for the first time
 * @param band risk band now
 * @param modelId short id of the attack-model file; null where no attack score was among the queries
 * @param budgetGuaranteed whether the evidence that reached the threshold bears the alert budget
 * @param memberShare how many of the scored first sights are training members; null where there was no alarm, or their
 *     attack model is not known here or knows no members
 */
public record Detection(
        Level level,
        String client,
        String endpoint,
        String version,
        @Nullable String cohort,
        long timeMillis,
        String queryId,
        String sensor,
        double sensorNull,
        Alarm alarm,
        double evidence,
        double threshold,
        Observed observed,
        int alarms,
        int step,
        @Nullable RiskBand bandBefore,
        RiskBand band,
        @Nullable String modelId,
        boolean budgetGuaranteed,
        @Nullable MemberShare memberShare)
        implements Detected {

    /** Names of the sensors of a level. */
    public static List<String> sensors(Level level) {
        return Sensors.names(level);
    }

    /** What became of an alarm. */
    public enum Alarm {
        /** The evidence is below the threshold. */
        NONE,
        /** To be sent as an alert. */
        SENT,
        /** Inside the cool-down of an alert: to be counted only. */
        HELD,
        /** The operator allows this subject to probe: to be counted only. */
        ALLOWED;

        /** The name in metrics. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Who this is about: the client or the cohort. */
    public String name() {
        return level == Level.CLIENT || cohort == null ? client : cohort;
    }

    /** The client or cohort and the endpoint together, as a key. */
    public String subject() {
        return level.subject(name() + '\u0000' + endpoint);
    }
}
