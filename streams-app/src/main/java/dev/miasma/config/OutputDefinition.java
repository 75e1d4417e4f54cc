// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;

/** The definition of the keys about the topics that the monitor writes. */
final class OutputDefinition {
    private OutputDefinition() {}

    static void outputs(ConfigDef def) {
        def.define(
                        ConfigKey.ALERTS_TOPIC,
                        ConfigDef.Type.STRING,
                        "miasma-alerts",
                        new Bounds.NonBlank(),
                        MEDIUM,
                        "Topic of the alerts.")
                .define(
                        ConfigKey.ALERTS_RUNBOOK_URL,
                        ConfigDef.Type.STRING,
                        "src/docs/runbooks/",
                        LOW,
                        "What the links to runbooks in alerts begin with; a runbook's file name follows.")
                .define(
                        ConfigKey.ALERTS_COMMIT_PACE_MS,
                        ConfigDef.Type.INT,
                        50,
                        Range.between(0, 600_000),
                        LOW,
                        "Least time between two transactions of a stream thread that end, before their time, because an "
                                + "alert is in them, or queries that go over the hop by client, or sanitised predictions. What comes "
                                + "after a pause is readable at once; of many this is how long one may wait, unless it is from a "
                                + "backlog.")
                .define(
                        ConfigKey.RISK_TOPIC,
                        ConfigDef.Type.STRING,
                        "miasma-client-risk",
                        new Bounds.NonBlank(),
                        MEDIUM,
                        "Compacted topic with the newest risk band of each client.")
                .define(
                        ConfigKey.DEAD_LETTER_TOPIC,
                        ConfigDef.Type.STRING,
                        "miasma-dead-letters",
                        new Bounds.NonBlank(),
                        MEDIUM,
                        "Topic of the events that were rejected, with the reason.")
                .define(
                        ConfigKey.DEAD_LETTER_PAYLOAD,
                        ConfigDef.Type.BOOLEAN,
                        false,
                        MEDIUM,
                        "True: dead letters carry the whole event, which is personal data.");
    }

    static void topics(ConfigDef def) {
        def.define(
                        ConfigKey.TOPICS_CREATE,
                        ConfigDef.Type.BOOLEAN,
                        true,
                        MEDIUM,
                        "Create the output topics where they are missing; false: only check that they are there.")
                .define(
                        ConfigKey.TOPICS_PARTITIONS,
                        ConfigDef.Type.INT,
                        4,
                        Range.between(1, 10_000),
                        MEDIUM,
                        "Partitions of output topics the monitor creates; the topic of sanitised predictions gets those of the "
                                + "input.")
                .define(
                        ConfigKey.TOPICS_REPLICATION,
                        ConfigDef.Type.INT,
                        -1,
                        new Bounds.ReplicationFactor(),
                        MEDIUM,
                        "Replication factor of topics the monitor creates; -1: the broker's default.");
    }
}
