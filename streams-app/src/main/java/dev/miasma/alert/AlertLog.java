// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.alert;

import dev.miasma.detect.Detection;
import dev.miasma.detect.EndpointAlert;
import dev.miasma.detect.Level;
import dev.miasma.measure.LogLimit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line of the log for each alert that is sent: a warning, or for a hint, which is of medium severity, information. It
 * names no client and no cohort, pseudonyms or not; the alert of the same id in the alerts topic does.
 */
final class AlertLog {
    private static final Logger LOG = LoggerFactory.getLogger(AlertLog.class);

    private final LogLimit limit;

    AlertLog(LogLimit limit) {
        this.limit = limit;
    }

    void sent(Detection detection) {
        write(
                AlertWriter.idOf(detection),
                detection.level(),
                detection.sensor(),
                Severity.of(detection),
                detection.endpoint(),
                detection.version(),
                String.format(
                        Locale.ROOT, "evidence %.3g of %.3g needed", detection.evidence(), detection.threshold()));
    }

    void sent(EndpointAlert alert) {
        write(
                EndpointAlertWriter.idOf(alert),
                Level.ENDPOINT,
                alert.finding().kind(),
                Severity.of(alert),
                alert.endpoint(),
                alert.version(),
                "its figures are in the alert");
    }

    private void write(
            String id,
            Level level,
            String sensor,
            Severity severity,
            String endpoint,
            @Nullable String version,
            String figures) {
        String versions = version == null ? "all versions" : version;
        limit.write(
                LOG,
                severity == Severity.MEDIUM ? org.slf4j.event.Level.INFO : org.slf4j.event.Level.WARN,
                "alert",
                line -> line.addKeyValue("alert", id)
                        .addKeyValue("about", level.code())
                        .addKeyValue("sensor", sensor)
                        .addKeyValue("severity", severity.code())
                        .addKeyValue("endpoint", endpoint)
                        .addKeyValue("version", versions)
                        .setMessage("alert {} about a {}: {}, {}, at {} {}; {}")
                        .addArgument(id)
                        .addArgument(level.code())
                        .addArgument(sensor)
                        .addArgument(severity.code())
                        .addArgument(endpoint)
                        .addArgument(versions)
                        .addArgument(figures));
    }
}
