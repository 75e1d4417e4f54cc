// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.alert;

import dev.miasma.detect.Detection;
import java.util.Locale;

/** How sure an alert is. */
enum Severity {
    /** The calibration bears the alert budget. */
    HIGH,
    /** It does not: a hint to look, and to calibrate. */
    MEDIUM;

    static Severity of(Detection detection) {
        return detection.budgetGuaranteed() ? HIGH : MEDIUM;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
