// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.config.ConfigKey;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.measure.InMemoryMeasures;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A monitor in this JVM, for tests of what is around it. */
public final class LiveMonitor implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Monitor monitor;
    private final InMemoryMeasures measures;

    private LiveMonitor(Monitor monitor, InMemoryMeasures measures) {
        this.monitor = monitor;
        this.measures = measures;
    }

    /**
     * Starts one on any free port and waits until it processes.
     *
     * @param settings keys of the configuration; those that every test wants alike are set
     */
    public static LiveMonitor start(Map<String, String> settings) throws InterruptedException {
        Map<String, String> values = new HashMap<>(settings);
        values.putIfAbsent(ConfigKey.IDENTITY_KEY, Settings.IDENTITY_KEY);
        values.putIfAbsent(ConfigKey.TOPICS_REPLICATION, "1");
        values.putIfAbsent(ConfigKey.HTTP_PORT, "0");
        InMemoryMeasures measures = new InMemoryMeasures();
        Monitor monitor = Monitor.start(MiasmaConfig.of(values), measures);
        if (!monitor.awaitRunning(PATIENCE)) {
            monitor.close();
            throw new AssertionError("the monitor did not start within " + PATIENCE);
        }
        return new LiveMonitor(monitor, measures);
    }

    /** Address of its metrics. */
    public URI metricsUrl() {
        return URI.create(monitor.metricsUrl());
    }

    /** Its metrics in Prometheus' text format. */
    public String metrics() throws Exception {
        return Page.metrics(monitor).body();
    }

    /** What its stages have reported. */
    public InMemoryMeasures measures() {
        return measures;
    }

    @Override
    public void close() {
        monitor.close();
    }
}
