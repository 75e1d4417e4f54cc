// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.measure;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The meters of one endpoint and version. */
final class EndpointMeters {
    private final Counter scored;
    private final Counter flagged;
    private final Counter represented;
    private final ScoreHistogram.Series score;
    private final LeakMeter leak = new LeakMeter();
    private final MeterRegistry registry;
    private final Tags tags;
    private final Map<String, WhatIfMeters> whatIf = new ConcurrentHashMap<>();
    private volatile double nullShare = Double.NaN;

    EndpointMeters(MeterRegistry registry, ScoreHistogram.Series score, String endpoint, String version) {
        this.score = score;
        this.registry = registry;
        tags = Tags.of("endpoint", endpoint, "version", version);
        scored = Counter.builder("miasma.scored")
                .description("Answers scored by an attack model.")
                .tags(tags)
                .register(registry);
        flagged = Counter.builder("miasma.flagged")
                .description("Answers whose attack score reached the flag cut: leaky outputs.")
                .tags(tags)
                .register(registry);
        represented = Counter.builder("miasma.represented.queries")
                .description("Queries the scored answers stand for, where the input is sampled.")
                .tags(tags)
                .register(registry);
        Gauge.builder("miasma.leak.lift", leak, LeakMeter::lift)
                .description("Flagged share of recent answers over the share among calibration non-members; 1 leaks "
                        + "nothing.")
                .tags(tags)
                .register(registry);
        Gauge.builder("miasma.flagged.share", leak, LeakMeter::flaggedShare)
                .description("Flagged share of recent answers.")
                .tags(tags)
                .register(registry);
        Gauge.builder("miasma.flagged.null.share", this, meters -> meters.nullShare)
                .description("Flagged share of the calibration's non-members.")
                .tags(tags)
                .register(registry);
    }

    void add(ScoredAnswer answer) {
        scored.increment();
        if (answer.flagged()) {
            flagged.increment();
        }
        represented.increment(answer.represents());
        score.add(answer);
        leak.add(answer.flagged(), answer.nullShare());
        nullShare = answer.nullShare();
    }

    void add(WhatIfAnswer answer) {
        whatIf.computeIfAbsent(answer.defence(), defence -> new WhatIfMeters(registry, tags, defence))
                .add(answer);
    }

    LiveReadings.OfEndpoint reading(String endpoint, String version) {
        SortedMap<String, LeakWindow> defences = new TreeMap<>();
        whatIf.forEach((defence, meters) -> defences.put(defence, meters.window()));
        return new LiveReadings.OfEndpoint(endpoint, version, (long) scored.count(), leak.window(), defences);
    }
}
