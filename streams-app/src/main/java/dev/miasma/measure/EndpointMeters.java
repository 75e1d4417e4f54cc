// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.measure;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/** The meters of one endpoint and version. */
final class EndpointMeters {
    /** Bounds of the score histogram, close together near 1 where members are. */
    private static final double[] SCORE_BOUNDS = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999};

    private final Counter scored;
    private final Counter flagged;
    private final Counter represented;
    private final DistributionSummary score;
    private final LeakMeter leak = new LeakMeter();
    private volatile double nullShare = Double.NaN;

    EndpointMeters(MeterRegistry registry, String endpoint, String version) {
        Tags tags = Tags.of("endpoint", endpoint, "version", version);
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
        score = DistributionSummary.builder("miasma.attack.score")
                .description("Attack score of each answer; higher is more member-like.")
                .serviceLevelObjectives(SCORE_BOUNDS)
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
        score.record(answer.score());
        leak.add(answer.flagged(), answer.nullShare());
        nullShare = answer.nullShare();
    }
}
