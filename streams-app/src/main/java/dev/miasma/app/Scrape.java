// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.serve.MonitorServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** Scrapes the registry in the format asked for: OpenMetrics, which can carry exemplars, or the plain text format. */
record Scrape(PrometheusMeterRegistry registry) implements MonitorServer.Metrics {
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private static final String PLAIN = "text/plain; version=0.0.4; charset=utf-8";

    @Override
    public MonitorServer.Page scrape(String accept) {
        String type = accept.contains("application/openmetrics-text") ? OPEN_METRICS : PLAIN;
        return new MonitorServer.Page(registry.scrape(type), type);
    }
}
