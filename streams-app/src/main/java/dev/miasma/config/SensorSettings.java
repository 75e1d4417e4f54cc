// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

/**
 * How much each sensor counts, and what it allows a benign client.
 *
 * @param memberLikeness weight of the attack score; weights are relative to each other, 0 switches a sensor off
 * @param neighbourhood weight of queries near earlier ones
 * @param climb weight of near queries whose confidence rose
 * @param repeat weight of repeated queries
 * @param trainingHit weight of queries about training records
 * @param neighbourhoodNull most of a benign client's new queries that are near an earlier one, in (0, 1)
 * @param climbNull most of them that are near and more confident
 * @param repeatNull most of a benign client's queries that are repeats
 * @param trainingHitNull most of a benign client's new queries that are about training records
 */
public record SensorSettings(
        double memberLikeness,
        double neighbourhood,
        double climb,
        double repeat,
        double trainingHit,
        double neighbourhoodNull,
        double climbNull,
        double repeatNull,
        double trainingHitNull) {

    /** No sensor can tell anything from a null above this. */
    public static final double LARGEST_NULL = 0.99;

    /** The attack score alone. */
    public static SensorSettings memberLikenessOnly() {
        return new SensorSettings(1, 0, 0, 0, 0, 0.3, 0.2, 0.6, 0.01);
    }

    /** All sensors, of equal weight, with nulls of a half. */
    public static SensorSettings allOn() {
        return new SensorSettings(1, 1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5);
    }
}
