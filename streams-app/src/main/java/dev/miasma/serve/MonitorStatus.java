// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import java.util.List;

/**
 * What runs here, and by which thresholds.
 *
 * @param instance this instance, host:port
 * @param version of Miasma
 * @param state of Kafka Streams
 * @param startedAt when this instance started, RFC 3339
 * @param applicationId name of the application
 * @param inputTopics topics it reads
 * @param alertsTopic topic of the alerts
 * @param thresholds log10 of the alarm thresholds
 * @param alertBudgetPerMillion expected false alerts per million benign queries, at most
 * @param flagRate nominal false-positive rate of a flag
 * @param instances all that are known, this one included
 */
public record MonitorStatus(
        String instance,
        String version,
        String state,
        String startedAt,
        String applicationId,
        List<String> inputTopics,
        String alertsTopic,
        Thresholds thresholds,
        double alertBudgetPerMillion,
        double flagRate,
        List<String> instances) {

    /** log10 of the alarm threshold of each level. */
    public record Thresholds(double client, double cohort, double endpoint) {}
}
