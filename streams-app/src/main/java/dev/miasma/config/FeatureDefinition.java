// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import org.apache.kafka.common.config.ConfigDef;

/** The keys that say what features are, for telling near queries. */
final class FeatureDefinition {
    private FeatureDefinition() {}

    static void define(ConfigDef def) {
        def.define(
                        ConfigKey.FEATURES_IMAGE,
                        ConfigDef.Type.STRING,
                        "",
                        new Bounds.Picture(),
                        MEDIUM,
                        "Where features are pictures, `HEIGHTxWIDTH` or `HEIGHTxWIDTHxCHANNELS`, row by row: of vectors of "
                                + "that many numbers, shifted, turned and noisy copies are told as near.")
                .define(
                        ConfigKey.FEATURES_QUANTILES_FILE,
                        ConfigDef.Type.STRING,
                        "",
                        MEDIUM,
                        "File of the features' quantiles, which `miasma fingerprint-training-set --quantiles` writes: "
                                + "numbers in arrays of that length are told as near by their ranks. The same on all instances.");
    }
}
