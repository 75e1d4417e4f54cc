// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.config.ConfigKey;
import dev.miasma.config.MiasmaConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Settings of a monitor under test: one broker, any free port, and names of its own for whatever it writes. */
final class Settings {
    static final String IDENTITY_KEY = "a key that only tests know";

    private final Map<String, String> values = new LinkedHashMap<>();

    /**
     * @param bootstrapServers of the test's broker
     * @param name application id, and prefix of the output topics
     * @param input topic with the events
     * @param models folder of attack models
     * @param folder for local state
     */
    Settings(String bootstrapServers, String name, String input, Path models, Path folder) {
        with(ConfigKey.BOOTSTRAP_SERVERS, bootstrapServers);
        with(ConfigKey.APPLICATION_ID, name);
        with(ConfigKey.INPUT_TOPICS, input);
        with(ConfigKey.MODELS_DIR, models.toString());
        with(ConfigKey.STATE_DIR, folder.resolve(name + "-state").toString());
        with(ConfigKey.IDENTITY_KEY, IDENTITY_KEY);
        with(ConfigKey.ALERTS_TOPIC, name + "-alerts");
        with(ConfigKey.RISK_TOPIC, name + "-client-risk");
        with(ConfigKey.DEAD_LETTER_TOPIC, name + "-dead-letters");
        with(ConfigKey.TOPICS_REPLICATION, "1");
        with(ConfigKey.HTTP_PORT, "0");
    }

    Settings with(String key, String value) {
        values.put(key, value);
        return this;
    }

    Settings without(String key) {
        values.remove(key);
        return this;
    }

    /** What a key has been set to. */
    String value(String key) {
        return Objects.requireNonNull(values.get(key), key);
    }

    MiasmaConfig config() {
        return MiasmaConfig.of(values);
    }

    /** The command line that runs a monitor with them. */
    String[] runArguments() {
        List<String> arguments = new ArrayList<>(List.of("run"));
        values.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
        return arguments.toArray(String[]::new);
    }
}
