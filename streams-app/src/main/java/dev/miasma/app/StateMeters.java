// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.util.stream.DoubleStream;
import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.KafkaStreams;

/**
 * What the state of this instance takes: two figures of what RocksDB tells Kafka Streams of each store of each task, which
 * one by one would be a hundred series.
 */
final class StateMeters {
    private static final String GROUP = "stream-state-metrics";

    private StateMeters() {}

    static void register(MeterRegistry registry, KafkaStreams streams) {
        Gauge.builder("miasma.state.disk", streams, StateMeters::onDisk)
                .baseUnit(BaseUnits.BYTES)
                .description("Files of the state of this instance.")
                .register(registry);
        Gauge.builder("miasma.state.memory", streams, StateMeters::offHeap)
                .baseUnit(BaseUnits.BYTES)
                .description("Memory outside the heap that the stores of this instance share.")
                .register(registry);
    }

    private static double onDisk(KafkaStreams streams) {
        return values(streams, "total-sst-files-size").sum();
    }

    /** All stores share one cache, in which what waits to be written counts as well, and each reports the whole of it. */
    private static double offHeap(KafkaStreams streams) {
        return values(streams, "block-cache-usage").max().orElse(0);
    }

    private static DoubleStream values(KafkaStreams streams, String name) {
        return streams.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals(name)
                        && metric.metricName().group().equals(GROUP))
                .map(Metric::metricValue)
                .filter(Number.class::isInstance)
                .mapToDouble(value -> ((Number) value).doubleValue());
    }
}
