// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.alert;

import dev.miasma.detect.Detection;
import dev.miasma.detect.Level;
import dev.miasma.detect.MemberShare;
import dev.miasma.detect.Observed;
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
                Level.CLIENT,
                "0a1b",
                "fraud",
                "7",
                cohort,
                1_795_348_800_123L,
                "q-9",
                "member-likeness",
                Double.NaN,
                alarm,
                1_234_567.89,
                1e6,
                observed(nullShare),
                2,
                0,
                before,
                band,
                "c4b4b5ab7f92",
                guaranteed,
                new MemberShare(0.4, 0.25, 0.55, 40));
    }

    static Observed observed(double nullShare) {
        return new Observed(50, 40, 36, 12, nullShare, 30, 20, 10, 40, 4, 1_795_348_000_000L, new long[] {4, 6, 30});
    }

    /** The same without an estimate of the share of members. */
    static Detection withoutMemberShare() {
        Detection d = sent();
        return new Detection(
                d.level(),
                d.client(),
                d.endpoint(),
                d.version(),
                d.cohort(),
                d.timeMillis(),
                d.queryId(),
                d.sensor(),
                d.sensorNull(),
                d.alarm(),
                d.evidence(),
                d.threshold(),
                d.observed(),
                d.alarms(),
                d.step(),
                d.bandBefore(),
                d.band(),
                d.modelId(),
                d.budgetGuaranteed(),
                null);
    }

    /** An alarm led by a sensor, at a level, as the n-th step of its series. */
    static Detection of(Level level, String sensor, int step) {
        Detection sent = sent();
        return new Detection(
                level,
                sent.client(),
                sent.endpoint(),
                sent.version(),
                sent.cohort(),
                sent.timeMillis(),
                sent.queryId(),
                sensor,
                0.1,
                sent.alarm(),
                sent.evidence(),
                sent.threshold(),
                sent.observed(),
                sent.alarms(),
                step,
                sent.bandBefore(),
                sent.band(),
                sent.modelId(),
                sent.budgetGuaranteed(),
                sent.memberShare());
    }
}
