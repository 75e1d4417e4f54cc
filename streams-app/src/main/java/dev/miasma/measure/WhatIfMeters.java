// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.measure;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/** The meters of one endpoint and version under one defence. */
final class WhatIfMeters {
    private final Counter scored;
    private final LeakMeter leak = new LeakMeter();
    private volatile double nullShare = Double.NaN;

    WhatIfMeters(MeterRegistry registry, Tags endpoint, String defence) {
        Tags tags = endpoint.and("defence", defence);
        scored = Counter.builder("miasma.whatif.scored")
                .description("Sampled answers scored as they would have been under a defence.")
                .tags(tags)
                .register(registry);
        Gauge.builder("miasma.whatif.leak.lift", leak, LeakMeter::lift)
                .description("Leak lift of recent sampled answers under a defence, by an attack calibrated for it.")
                .tags(tags)
                .register(registry);
        Gauge.builder("miasma.whatif.flagged.share", leak, LeakMeter::flaggedShare)
                .description("Flagged share of recent sampled answers under a defence.")
                .tags(tags)
                .register(registry);
        Gauge.builder("miasma.whatif.flagged.null.share", this, meters -> meters.nullShare)
                .description("Flagged share of the calibration's non-members under that defence.")
                .tags(tags)
                .register(registry);
    }

    void add(WhatIfAnswer answer) {
        scored.increment();
        leak.add(answer.flagged(), answer.nullShare());
        nullShare = answer.nullShare();
    }

    LeakWindow window() {
        return leak.window();
    }
}
