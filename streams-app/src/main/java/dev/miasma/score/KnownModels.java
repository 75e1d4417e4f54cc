// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import org.jspecify.annotations.Nullable;

/** The attack models in force, by the id that scored queries carry. Thread-safe. */
@FunctionalInterface
public interface KnownModels {
    /** What is known of a model's calibration; null where no such model is in force here. */
    @Nullable
    KnownModel byId(String modelId);

    /** None at all. */
    static KnownModels none() {
        return id -> null;
    }
}
