// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

/**
 * How evidence becomes alerts, at one level.
 *
 * @param budgetPerMillion expected false alerts per million benign queries, at most, that this level may use
 * @param cooldownMillis time after an alert in which further alarms are only counted, milliseconds of event time
 * @param halfLifeMillis time in which evidence halves, milliseconds of event time; 0 for never
 * @param idleMillis silence after which a client starts again from nothing, milliseconds of event time
 * @param firstSightCapacity distinct queries remembered per client and endpoint
 * @param maxSubjects clients or cohorts, each at each endpoint, that a task keeps; the coldest go first
 * @param sensors weights and nulls
 */
public record DetectSettings(
        double budgetPerMillion,
        long cooldownMillis,
        long halfLifeMillis,
        long idleMillis,
        int firstSightCapacity,
        int maxSubjects,
        SensorSettings sensors) {

    /** The alarm threshold c: evidence at or above it alarms. */
    public double threshold() {
        return 1e6 / budgetPerMillion;
    }

    /** The same with another budget. */
    public DetectSettings withBudget(double perMillion) {
        return new DetectSettings(
                perMillion, cooldownMillis, halfLifeMillis, idleMillis, firstSightCapacity, maxSubjects, sensors);
    }
}
