// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;

/** The definition of the keys of the detect stage. */
final class DetectDefinition {
    private static final long DAY_MS = 24L * 60 * 60 * 1000;

    /** Ten years: sums of event times and spans stay far from overflow. */
    private static final long LONGEST_MS = 3650 * DAY_MS;

    /** Below a half, so that cohorts and endpoints together always leave clients some of the budget. */
    private static final double LARGEST_SHARE = 0.499;

    private DetectDefinition() {}

    static void budget(ConfigDef def) {
        def.define(
                        ConfigKey.DETECT_BUDGET,
                        ConfigDef.Type.DOUBLE,
                        1.0,
                        new Bounds.DoubleRange(1e-6, 100_000),
                        HIGH,
                        "Expected false alerts per million benign queries, over all clients, cohorts and endpoints "
                                + "together, at most.")
                .define(
                        ConfigKey.DETECT_SHARE_COHORT,
                        ConfigDef.Type.DOUBLE,
                        0.15,
                        new Bounds.DoubleRange(0.001, LARGEST_SHARE),
                        LOW,
                        "Part of the budget that alerts about cohorts may use.")
                .define(
                        ConfigKey.DETECT_SHARE_ENDPOINT,
                        ConfigDef.Type.DOUBLE,
                        0.05,
                        new Bounds.DoubleRange(0.001, LARGEST_SHARE),
                        LOW,
                        "Part of the budget that alerts about endpoints and versions may use. Clients have the rest: "
                                + "their alarm threshold is c = 1,000,000 / (budget x rest).")
                .define(
                        ConfigKey.DETECT_COOLDOWN_MS,
                        ConfigDef.Type.LONG,
                        60L * 60 * 1000,
                        Range.between(0, LONGEST_MS),
                        MEDIUM,
                        "After an alert, further alarms of the same client at the same endpoint are counted but not "
                                + "sent for this long (milliseconds of event time).")
                .define(
                        ConfigKey.DETECT_HALF_LIFE_MS,
                        ConfigDef.Type.LONG,
                        0L,
                        Range.between(0, LONGEST_MS),
                        LOW,
                        "Evidence halves in this time (milliseconds of event time); 0: never.")
                .define(
                        ConfigKey.DETECT_IDLE_TTL_MS,
                        ConfigDef.Type.LONG,
                        7 * DAY_MS,
                        Range.between(1000, LONGEST_MS),
                        MEDIUM,
                        "A client silent for longer starts again from nothing (milliseconds of event time).")
                .define(
                        ConfigKey.DETECT_FIRST_SIGHT_CAPACITY,
                        ConfigDef.Type.INT,
                        4096,
                        Range.between(32, 1 << 20),
                        MEDIUM,
                        "Distinct queries remembered per client and endpoint. When they are used up, memory and "
                                + "evidence start again from nothing together, which keeps the budget.")
                .define(
                        ConfigKey.DETECT_MAX_SUBJECTS,
                        ConfigDef.Type.INT,
                        1_000_000,
                        Range.between(100, 100_000_000),
                        MEDIUM,
                        "Clients, and cohorts, kept per partition, each at each endpoint. Where there are more, those "
                                + "with the least evidence are forgotten first.")
                .define(
                        ConfigKey.DETECT_FLOOD_PER_MINUTE,
                        ConfigDef.Type.INT,
                        10_000,
                        Range.between(1, 1_000_000_000),
                        MEDIUM,
                        "New clients of an endpoint in a minute of event time that are never a flood; more of them are, "
                                + "where they are also more than ten times the average of the hour before.");
    }

    static void exemptions(ConfigDef def) {
        def.define(
                        ConfigKey.EXEMPTIONS_FILE,
                        ConfigDef.Type.STRING,
                        "",
                        MEDIUM,
                        "File with exemptions, JSON lines: clients and cohorts that may probe, and acknowledged "
                                + "behaviour. Looked at again every `" + ConfigKey.MODELS_RELOAD_MS + "`; empty: none.")
                .define(
                        ConfigKey.EXEMPTIONS_TOPIC,
                        ConfigDef.Type.STRING,
                        "",
                        MEDIUM,
                        "Compacted topic with exemptions; they go before those of the file. Empty: none.");
    }

    static void sensors(ConfigDef def) {
        weight(def, ConfigKey.WEIGHT_MEMBER_LIKENESS, 0.7, "member-likeness, the attack score of new queries");
        weight(def, ConfigKey.WEIGHT_NEIGHBOURHOOD, 0.12, "neighbourhood, new queries near one of the last 64");
        weight(def, ConfigKey.WEIGHT_CLIMB, 0.03, "climb, near queries whose top confidence rose");
        weight(def, ConfigKey.WEIGHT_REPEAT, 0.05, "repeat, the same query again");
        weight(def, ConfigKey.WEIGHT_TRAINING_HIT, 0.1, "training-hit, queries about records in the training filter");
        nullShare(def, ConfigKey.NULL_NEIGHBOURHOOD, 0.3, "new queries that are near one of its last 64");
        nullShare(def, ConfigKey.NULL_CLIMB, 0.2, "new queries that are near and more confident than their neighbour");
        nullShare(def, ConfigKey.NULL_REPEAT, 0.6, "queries that are repeats");
        nullShare(
                def,
                ConfigKey.NULL_TRAINING_HIT,
                0.01,
                "new queries that are about training records; the filter's own false positives come on top");
    }

    private static void weight(ConfigDef def, String key, double value, String sensor) {
        def.define(
                key,
                ConfigDef.Type.DOUBLE,
                value,
                new Bounds.DoubleRange(0, 1000),
                LOW,
                "Weight of the sensor " + sensor + "; relative to the other weights, 0: off.");
    }

    private static void nullShare(ConfigDef def, String key, double value, String what) {
        def.define(
                key,
                ConfigDef.Type.DOUBLE,
                value,
                new Bounds.DoubleRange(1e-6, SensorSettings.LARGEST_NULL),
                MEDIUM,
                "Largest share of a benign client's " + what + ". The budget rests on it; `miasma calibrate` measures "
                        + "it.");
    }
}
