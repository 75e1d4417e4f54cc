// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.measure;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The meters of the endpoint level: blocks counted, and what the recent scores of each version say. Beyond the limit a version has none: an estimate for several
 * together would be one for none of them. Thread-safe.
 */
final class EndpointLevelMeters {
    private static final List<String> RESULTS = List.of("used", "unscored", "no-model");
    private static final List<String> VERDICTS = List.of("holds", "above", "below", "unknown");

    private final MeterRegistry registry;
    private final int most;
    private final Map<Tags, Series> series = new HashMap<>();

    EndpointLevelMeters(MeterRegistry registry, int most) {
        this.registry = registry;
        this.most = most;
        RESULTS.forEach(this::blocks);
    }

    /** The gauges of one version. */
    private static final class Series {
        private final List<Meter> meters = new ArrayList<>();
        private volatile VersionLeak newest;

        Series(VersionLeak first) {
            newest = first;
        }
    }

    /** A block came, and this became of it. */
    void block(String result) {
        blocks(result).increment();
    }

    private Counter blocks(String result) {
        return Counter.builder("miasma.leak.blocks")
                .description("Blocks of counts that came to the endpoint level, by what became of them.")
                .tag("result", result)
                .register(registry);
    }

    synchronized void set(VersionLeak leak) {
        Tags tags = tags(leak.endpoint(), leak.version());
        Series known = series.get(tags);
        if (known != null) {
            known.newest = leak;
        } else if (series.size() < most) {
            series.put(tags, made(tags, leak));
        }
    }

    synchronized void remove(String endpoint, String version) {
        Series gone = series.remove(tags(endpoint, version));
        if (gone != null) {
            gone.meters.forEach(registry::remove);
        }
    }

    private static Tags tags(String endpoint, String version) {
        return Tags.of("endpoint", endpoint, "version", version);
    }

    private Series made(Tags tags, VersionLeak leak) {
        Series made = new Series(leak);
        add(
                made,
                tags,
                "miasma.member.share",
                "Estimated share of training members among recent scored queries.",
                VersionLeak::memberShare);
        add(
                made,
                tags,
                "miasma.member.share.low",
                "Lower end of the 95 % interval of the member share.",
                VersionLeak::memberShareLow);
        add(
                made,
                tags,
                "miasma.member.share.high",
                "Upper end of the 95 % interval of the member share.",
                VersionLeak::memberShareHigh);
        add(
                made,
                tags,
                "miasma.null.drift.ratio",
                "Largest share of recent scores at or above a cut over the bound of the benign null; above 1 it is "
                        + "exceeded.",
                VersionLeak::driftRatio);
        for (String verdict : VERDICTS) {
            add(
                    made,
                    tags.and("verdict", verdict),
                    "miasma.null.drift",
                    "1 for what the recent scores say of the benign null, else 0.",
                    newest -> newest.verdict().equals(verdict) ? 1 : 0);
        }
        return made;
    }

    private void add(Series made, Tags tags, String name, String description, ToDoubleFunction<VersionLeak> value) {
        made.meters.add(Gauge.builder(name, made, of -> value.applyAsDouble(of.newest))
                .description(description)
                .tags(tags)
                .register(registry));
    }
}
