// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.backtest;

import dev.miasma.detect.Detection;
import dev.miasma.detect.Level;
import org.jspecify.annotations.Nullable;

/**
 * A client or a cohort that there was an alert about.
 *
 * @param level which of the two
 * @param name of the client, as alerts have it, or of the cohort
 * @param cohort of the client; null for none
 * @param endpoint asked
 * @param sensor that led at the first alert
 * @param queries until the first alert; of a cohort those that were new to their clients
 * @param evidence at the first alert
 * @param timeMillis event time of the first alert, milliseconds since 1970
 * @param guaranteed whether the first alert bears the budget
 * @param alerts sent
 * @param alarms in all, those inside a cool-down too
 */
public record Suspect(
        Level level,
        String name,
        @Nullable String cohort,
        String endpoint,
        String sensor,
        long queries,
        double evidence,
        long timeMillis,
        boolean guaranteed,
        long alerts,
        long alarms) {

    static Suspect of(Detection first) {
        return new Suspect(
                first.level(),
                first.name(),
                first.cohort(),
                first.endpoint(),
                first.sensor(),
                first.observed().queries(),
                first.evidence(),
                first.timeMillis(),
                first.budgetGuaranteed(),
                first.alarm() == Detection.Alarm.SENT ? 1 : 0,
                1);
    }

    Suspect again(Detection next) {
        return new Suspect(
                level,
                name,
                cohort,
                endpoint,
                sensor,
                queries,
                evidence,
                timeMillis,
                guaranteed,
                alerts + (next.alarm() == Detection.Alarm.SENT ? 1 : 0),
                alarms + 1);
    }
}
