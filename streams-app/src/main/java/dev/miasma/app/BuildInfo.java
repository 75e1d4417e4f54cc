// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;

/** What runs: version of Miasma and of the JVM. */
final class BuildInfo {
    private BuildInfo() {}

    /** Version of Miasma, "development" outside a jar. */
    static String version() {
        return Objects.requireNonNullElse(BuildInfo.class.getPackage().getImplementationVersion(), "development");
    }

    static void register(MeterRegistry registry) {
        Gauge.builder("miasma.build.info", () -> 1)
                .description("1, with the version of Miasma and of the JVM it runs on.")
                .tag("version", version())
                .tag("java", Runtime.version().toString())
                .register(registry);
    }
}
