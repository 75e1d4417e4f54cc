// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.alert;

import dev.miasma.detect.Detection;
import dev.miasma.detect.RiskBand;
import org.jspecify.annotations.Nullable;

/** Detections for the tests of this package. */
final class Detections {
    private Detections() {}

    static Detection sent() {
        return detection(Detection.Alarm.SENT, RiskBand.LOW, RiskBand.ALARMED, true, 0.01, "acme");
    }

    static Detection detection(
            Detection.Alarm alarm,
            @Nullable RiskBand before,
            RiskBand band,
            boolean guaranteed,
            double nullShare,
            @Nullable String cohort) {
        return new Detection(
                "0a1b",
                "fraud",
                "7",
                cohort,
                1_795_348_800_123L,
                "q-9",
                "member-likeness",
                alarm,
                1_234_567.89,
                1e6,
                50,
                40,
                36,
                12,
                nullShare,
                1_795_348_000_000L,
                2,
                before,
                band,
                "c4b4b5ab7f92",
                guaranteed);
    }
}
