// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.measure;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The meters of who is watched: alarms, risk bands, who was forgotten, exemptions. */
final class WatchMeters {
    /** What can become of an alarm, and what its counter counts. */
    private static final Map<String, String> OUTCOMES = Map.of(
            "sent", "Alerts sent.",
            "held", "Alarms inside a cool-down, counted but not sent.",
            "allowed", "Alarms of clients and cohorts the operator allows to probe, counted but not sent.");

    private final MeterRegistry registry;
    private final Map<String, AtomicLong> watched = new ConcurrentHashMap<>();
    private final AtomicLong exemptions = new AtomicLong();
    private final Counter brokenExemptions;

    /** @param bands names of all risk bands, so that each starts as a zero */
    WatchMeters(MeterRegistry registry, List<String> bands) {
        this.registry = registry;
        for (String level : List.of("client", "cohort")) {
            bands.forEach(band -> watchedIn(level, band));
            droppedCounter(level, "idle");
            droppedCounter(level, "cold");
        }
        Gauge.builder("miasma.exemptions", exemptions, AtomicLong::get)
                .description("Exemptions of the operator that are known, those past their end included.")
                .register(registry);
        brokenExemptions = Counter.builder("miasma.exemptions.broken")
                .description("Exemptions, or files of them, that could not be read.")
                .register(registry);
    }

    void alarmsExpected(String level, String sensor, String severity) {
        for (String outcome : OUTCOMES.keySet()) {
            alarmsCounter(level, sensor, severity, outcome);
        }
    }

    void alarmed(String level, String sensor, String severity, String outcome) {
        alarmsCounter(level, sensor, severity, outcome).increment();
    }

    void bandChanged(String level, String from, String to) {
        if (!from.isEmpty()) {
            watchedIn(level, from).decrementAndGet();
        }
        if (!to.isEmpty()) {
            watchedIn(level, to).incrementAndGet();
        }
    }

    void dropped(String level, String reason) {
        droppedCounter(level, reason).increment();
    }

    private Counter droppedCounter(String level, String reason) {
        return Counter.builder("miasma.dropped")
                .description(
                        "Watched clients and cohorts forgotten: silent for long, or cold when there were too many.")
                .tags("level", level, "reason", reason)
                .register(registry);
    }

    void exemptions(int count) {
        exemptions.set(count);
    }

    void exemptionBroken() {
        brokenExemptions.increment();
    }

    /** How many of a level are watched, by risk band. */
    SortedMap<String, Long> bands(String level) {
        SortedMap<String, Long> bands = new TreeMap<>();
        String prefix = level + ' ';
        watched.forEach((name, count) -> {
            if (name.startsWith(prefix)) {
                bands.put(name.substring(prefix.length()), count.get());
            }
        });
        return bands;
    }

    private AtomicLong watchedIn(String level, String band) {
        return watched.computeIfAbsent(level + ' ' + band, name -> {
            AtomicLong count = new AtomicLong();
            Gauge.builder("miasma." + level + "s", count, AtomicLong::doubleValue)
                    .description("Watched by this instance, by risk band: each " + level + " at each endpoint.")
                    .tag("band", band)
                    .register(registry);
            return count;
        });
    }

    private Counter alarmsCounter(String level, String sensor, String severity, String outcome) {
        boolean sent = outcome.equals("sent");
        return Counter.builder(sent ? "miasma.alerts" : "miasma.alerts." + outcome)
                .description(String.valueOf(OUTCOMES.get(outcome)))
                .tags("level", level, "sensor", sensor, "severity", severity)
                .register(registry);
    }
}
