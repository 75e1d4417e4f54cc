// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.alert;

import dev.miasma.detect.Detection;
import dev.miasma.detect.EndpointAlert;
import java.util.Locale;

/** How sure an alert is, and how long it goes on: one step up for the third alarm of a series, another for the tenth. */
enum Severity {
    /** The calibration does not bear the alert budget: a hint to look, and to calibrate. */
    MEDIUM,
    /** It does. */
    HIGH,
    /** It does, and it goes on. */
    CRITICAL;

    static Severity of(Detection detection) {
        int lowest = detection.budgetGuaranteed() ? 1 : 0;
        return values()[Math.min(values().length - 1, lowest + detection.step())];
    }

    /** A flood and what rests on no bound are hints to look. */
    static Severity of(EndpointAlert alert) {
        return alert.guaranteed() ? HIGH : MEDIUM;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
