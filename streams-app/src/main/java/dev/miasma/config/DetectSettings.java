// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

/**
 * What the detect stage promises and remembers.
 *
 * @param budgetPerMillion expected false alerts per million benign queries, at most
 * @param cooldownMillis time after an alert in which further alarms are only counted, milliseconds of event time
 * @param halfLifeMillis time in which evidence halves, milliseconds of event time; 0 for never
 * @param idleMillis silence after which a client starts again from nothing, milliseconds of event time
 * @param firstSightCapacity distinct queries remembered per client and endpoint
 */
public record DetectSettings(
        double budgetPerMillion, long cooldownMillis, long halfLifeMillis, long idleMillis, int firstSightCapacity) {

    /** The alarm threshold c: evidence at or above it alarms. */
    public double threshold() {
        return 1e6 / budgetPerMillion;
    }
}
