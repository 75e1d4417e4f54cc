// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import org.apache.kafka.common.config.ConfigDef;

/** The definition of the keys about defences of the answers. Their names are checked where they are understood. */
final class DefenceDefinition {
    /** Each is a model to score by and a set of series. */
    private static final int MOST_DEFENCES = 8;

    private DefenceDefinition() {}

    static void whatIf(ConfigDef def) {
        def.define(
                        ConfigKey.WHATIF_DEFENCES,
                        ConfigDef.Type.LIST,
                        "",
                        new Bounds.AtMost(MOST_DEFENCES),
                        MEDIUM,
                        "Defences to try on a sample of the answers, comma-separated: `top3`, `round2`, `temperature5`, "
                                + "or several joined by `+`. Their leak lift is measured by the attack models "
                                + "`ENDPOINT@VERSION+DEFENCE.json`, else `ENDPOINT+DEFENCE.json`, else "
                                + "`default+DEFENCE.json`, which `miasma train --defences` makes. No client sees any of "
                                + "it.")
                .define(
                        ConfigKey.WHATIF_SAMPLE,
                        ConfigDef.Type.DOUBLE,
                        0.05,
                        new Bounds.DoubleRange(0.0001, 1),
                        LOW,
                        "Share of the answers that those defences are tried on, chosen by a hash of the event.");
    }

    static void sanitised(ConfigDef def) {
        def.define(
                        ConfigKey.SANITISED_TOPIC,
                        ConfigDef.Type.STRING,
                        "",
                        MEDIUM,
                        "Topic that takes every valid prediction with a defence before its answer, else as it came; it "
                                + "needs as many partitions as the input. Empty: none.")
                .define(
                        ConfigKey.SANITISED_DEFENCE,
                        ConfigDef.Type.STRING,
                        "",
                        MEDIUM,
                        "That defence: `top3`, `round2`, `temperature5`, `label`, or several joined by `+`.");
    }
}
