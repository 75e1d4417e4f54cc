// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

/** Alarms of one kind about one endpoint or version: the first is sent, those in the cool-down after it are held. */
final class Cooldown {
    /** Alarms so far. */
    int alarms;

    /** Event time at which the cool-down of the last alert ends, milliseconds since 1970. */
    long endMillis;

    /** Takes note of an alarm and says what becomes of it. */
    Detection.Alarm raise(long now, long cooldownMillis) {
        alarms++;
        if (now < endMillis) {
            return Detection.Alarm.HELD;
        }
        endMillis = now + cooldownMillis;
        return Detection.Alarm.SENT;
    }
}
