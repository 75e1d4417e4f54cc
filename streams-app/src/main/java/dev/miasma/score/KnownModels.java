// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import org.jspecify.annotations.Nullable;

/** The attack models in force, by the id that scored queries carry. Thread-safe. */
@FunctionalInterface
public interface KnownModels {
    /** What is known of a model's calibration; null where no such model is in force here. */
    @Nullable
    KnownModel byId(String modelId);

    /**
     * The same by the hash of the id, which is all that a client's state has room for; null where that is not told.
     *
     * @param hash of the id, as {@link String#hashCode()}
     */
    default @Nullable KnownModel byIdHash(int hash) {
        return null;
    }

    /** None at all. */
    static KnownModels none() {
        return id -> null;
    }
}
