// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import dev.miasma.config.ConfigException;
import dev.miasma.config.ConfigKey;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.config.SanitisedSettings;
import dev.miasma.config.WhatIfSettings;
import dev.miasma.defense.OutputDefense;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The defences that a configuration names: those to try on the answers, and the one to pass answers on with. */
public final class LiveDefences {
    private final List<OutputDefense> tried;
    private final double sample;
    private final @Nullable OutputDefense sanitising;

    private LiveDefences(List<OutputDefense> tried, double sample, @Nullable OutputDefense sanitising) {
        this.tried = tried;
        this.sample = sample;
        this.sanitising = sanitising;
    }

    /**
     * Reads the names.
     *
     * @throws ConfigException naming key, value and what is needed
     */
    public static LiveDefences of(MiasmaConfig config) {
        WhatIfSettings whatIf = config.whatIf();
        List<OutputDefense> tried = whatIf.defences().stream()
                .map(name -> parse(ConfigKey.WHATIF_DEFENCES, name))
                .toList();
        List<String> ids = tried.stream().map(OutputDefense::id).toList();
        if (ids.stream().distinct().count() < ids.size()) {
            throw new ConfigException(ConfigKey.WHATIF_DEFENCES + " is '" + String.join(",", whatIf.defences())
                    + "': one is named twice");
        }
        Optional<SanitisedSettings> sanitised = config.sanitised();
        return new LiveDefences(
                tried,
                whatIf.sample(),
                sanitised
                        .map(settings -> parse(ConfigKey.SANITISED_DEFENCE, settings.defence()))
                        .orElse(null));
    }

    /** No defence at all. */
    public static LiveDefences none() {
        return new LiveDefences(List.of(), 0, null);
    }

    private static OutputDefense parse(String key, String name) {
        try {
            return OutputDefense.parse(name);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(key + ": " + e.getMessage());
        }
    }

    /** Defences to try, none twice. */
    List<OutputDefense> tried() {
        return tried;
    }

    /** Share of the answers to try them on. */
    double sample() {
        return sample;
    }

    /** The defence to pass answers on with. */
    OutputDefense sanitising() {
        if (sanitising == null) {
            throw new IllegalStateException("nothing is passed on: " + ConfigKey.SANITISED_TOPIC + " is empty");
        }
        return sanitising;
    }
}
