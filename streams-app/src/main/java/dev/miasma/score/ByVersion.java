// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the models in force come to for each endpoint and version, remembered until other models come into force. Not
 * thread-safe.
 *
 * @param <T> what is remembered
 */
final class ByVersion<T> {
    /** Endpoints and versions remembered; beyond that the memory starts anew. */
    private static final int MAX_REMEMBERED = 10_000;

    private final AttackModels models;
    private final BiFunction<String, String, @Nullable T> resolve;
    private final Map<String, Map<String, T>> remembered = new HashMap<>();
    private int count;
    private long generation;

    /** The last ones asked for, which mostly are the next. */
    private String lastEndpoint = "";

    private String lastVersion = "";
    private @Nullable T last;

    /**
     * @param models in force
     * @param resolve from endpoint and version; null is not remembered
     */
    ByVersion(AttackModels models, BiFunction<String, String, @Nullable T> resolve) {
        this.models = models;
        this.resolve = resolve;
        generation = models.generation();
    }

    @Nullable
    T get(String endpoint, String version) {
        long current = models.generation();
        if (generation != current || count >= MAX_REMEMBERED) {
            generation = current;
            remembered.clear();
            count = 0;
            last = null;
        }
        if (last != null && version.equals(lastVersion) && endpoint.equals(lastEndpoint)) {
            return last;
        }
        last = find(endpoint, version);
        lastEndpoint = endpoint;
        lastVersion = version;
        return last;
    }

    private @Nullable T find(String endpoint, String version) {
        Map<String, T> versions = remembered.get(endpoint);
        T found = versions == null ? null : versions.get(version);
        if (found == null) {
            found = resolve.apply(endpoint, version);
            if (found != null) {
                remembered.computeIfAbsent(endpoint, e -> new HashMap<>()).put(version, found);
                count++;
            }
        }
        return found;
    }
}
