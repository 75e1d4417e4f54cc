// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.operations;

import static java.util.stream.Collectors.toSet;

import dev.miasma.measure.JvmMeters;
import dev.miasma.measure.MicrometerMeasures;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The names of the series that the monitor exports: its own from the page of metrics, which another test holds against
 * the code, those of the JVM, and those of Kafka that the filter lets through.
 */
final class ExportedMetrics implements Predicate<String> {
    private static final Pattern ROW = Pattern.compile("^\\| `(\\w+)` \\| (\\w+) \\|", Pattern.MULTILINE);

    /** Series that Prometheus makes itself for each target. */
    private static final Set<String> OF_PROMETHEUS = Set.of("up");

    private final Set<String> own = new HashSet<>();
    private final Set<String> jvm = ofTheJvm();

    ExportedMetrics() throws IOException {
        ROW.matcher(Files.readString(Repository.file("src/docs/metrics.md")))
                .results()
                .forEach(row -> {
                    if (row.group(2).equals("histogram")) {
                        own.addAll(List.of(row.group(1) + "_bucket", row.group(1) + "_count", row.group(1) + "_sum"));
                    } else {
                        own.add(row.group(1));
                    }
                });
    }

    @Override
    public boolean test(String series) {
        return own.contains(series)
                || OF_PROMETHEUS.contains(series)
                || jvm.contains(series)
                || (series.startsWith("kafka_") && passesTheFilter(series));
    }

    /** Of meters that are there from the start: what is first reported by a collection of garbage is not among them. */
    private static Set<String> ofTheJvm() {
        PrometheusMeterRegistry registry = new MicrometerMeasures(1, List.of(), List.of(), List.of()).registry();
        try (JvmMeters _ = JvmMeters.register(registry)) {
            return registry.scrape()
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.startsWith("miasma_"))
                    .map(line -> line.split("[ {]", 2)[0])
                    .collect(toSet());
        }
    }

    /** Whether a meter that would be exported under this name is. */
    private static boolean passesTheFilter(String series) {
        PrometheusMeterRegistry registry = new MicrometerMeasures(1, List.of(), List.of(), List.of()).registry();
        String name = series.replace('_', '.');
        if (series.endsWith("_total")) {
            Counter.builder(name).register(registry);
            Counter.builder(name.substring(0, name.length() - ".total".length()))
                    .register(registry);
        } else {
            Gauge.builder(name, () -> 1).register(registry);
        }
        return registry.scrape().lines().anyMatch(line -> line.startsWith(series + " "));
    }
}
