// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.config.DetectSettings;

/**
 * What becomes of an alarm. The first of a subject is sent; those in the cool-down after it are held back and counted,
 * but for one that raises the severity: the third and the tenth of a series, which ends when no alarm came for 24
 * cool-downs.
 */
final class Alarms {
    /** A series of so many alarms is one step more severe each. */
    private static final int[] STEPS = {3, 10};

    private static final int SERIES_COOLDOWNS = 24;

    private final DetectSettings settings;

    Alarms(DetectSettings settings) {
        this.settings = settings;
    }

    /**
     * Takes note of an alarm.
     *
     * @param allowed whether the operator allows this subject to probe
     */
    Detection.Alarm raise(ClientState state, long now, boolean allowed) {
        boolean sameSeries = now - state.lastAlarmMillis <= SERIES_COOLDOWNS * settings.cooldownMillis();
        int stepBefore = step(state.series);
        state.series = sameSeries ? state.series + 1 : 1;
        state.alarms++;
        state.lastAlarmMillis = Math.max(state.lastAlarmMillis, now);
        if (allowed) {
            return Detection.Alarm.ALLOWED;
        }
        boolean risen = sameSeries && step(state.series) > stepBefore;
        if (now < state.cooldownEndMillis && !risen) {
            return Detection.Alarm.HELD;
        }
        state.cooldownEndMillis = now + settings.cooldownMillis();
        return Detection.Alarm.SENT;
    }

    /** How far a series has gone up the ladder of severity: 0, 1 or 2. */
    static int step(int series) {
        int step = 0;
        while (step < STEPS.length && series >= STEPS[step]) {
            step++;
        }
        return step;
    }
}
