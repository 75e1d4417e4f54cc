// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

import java.util.List;

/** What has to hold between values that are each within their bounds. */
final class Consistency {
    private static final List<String> WEIGHTS = List.of(
            ConfigKey.WEIGHT_MEMBER_LIKENESS,
            ConfigKey.WEIGHT_NEIGHBOURHOOD,
            ConfigKey.WEIGHT_CLIMB,
            ConfigKey.WEIGHT_REPEAT,
            ConfigKey.WEIGHT_TRAINING_HIT);

    private Consistency() {}

    /**
     * Checks all of it.
     *
     * @throws ConfigException naming the keys, their values and what is needed
     */
    static void check(Values values) {
        requireNoLoop(values);
        requireSanitised(values);
        requireSensor(values);
        requireTls(values);
    }

    private static void requireNoLoop(Values values) {
        for (String key : List.of(
                ConfigKey.ALERTS_TOPIC, ConfigKey.RISK_TOPIC, ConfigKey.DEAD_LETTER_TOPIC, ConfigKey.SANITISED_TOPIC)) {
            if (values.list(ConfigKey.INPUT_TOPICS).contains(values.string(key))) {
                throw new ConfigException(key + " is '" + values.string(key) + "', which is one of "
                        + ConfigKey.INPUT_TOPICS + ": the monitor would read what it writes");
            }
        }
    }

    /** A topic without a defence would pass on what it is there to hide, and the other topics aren't for its readers. */
    private static void requireSanitised(Values values) {
        String topic = values.string(ConfigKey.SANITISED_TOPIC);
        boolean defended = !values.string(ConfigKey.SANITISED_DEFENCE).isEmpty();
        if (!topic.isEmpty() && !defended) {
            throw new ConfigException(ConfigKey.SANITISED_TOPIC + " is '" + topic + "', but "
                    + ConfigKey.SANITISED_DEFENCE + " is empty: set it, for example to top3");
        }
        if (topic.isEmpty() && defended) {
            throw new ConfigException(ConfigKey.SANITISED_DEFENCE + " is '" + values.string(ConfigKey.SANITISED_DEFENCE)
                    + "', but " + ConfigKey.SANITISED_TOPIC + " is empty: set it as well");
        }
        for (String key : List.of(ConfigKey.ALERTS_TOPIC, ConfigKey.RISK_TOPIC, ConfigKey.DEAD_LETTER_TOPIC)) {
            if (topic.equals(values.string(key))) {
                throw new ConfigException(
                        ConfigKey.SANITISED_TOPIC + " is '" + topic + "', and so is " + key + ": name another");
            }
        }
    }

    /** Without any sensor nothing would ever be found, and nobody would be told so. */
    private static void requireSensor(Values values) {
        if (WEIGHTS.stream().allMatch(key -> values.real(key) == 0)) {
            throw new ConfigException("all of " + String.join(", ", WEIGHTS)
                    + " are 0: at least one must be above 0, or no sensor is on");
        }
    }

    private static void requireTls(Values values) {
        boolean keystore = !values.string(ConfigKey.HTTP_TLS_KEYSTORE).isEmpty();
        boolean password = !values.string(ConfigKey.HTTP_TLS_PASSWORD_FILE).isEmpty();
        if (keystore != password) {
            String given = keystore ? ConfigKey.HTTP_TLS_KEYSTORE : ConfigKey.HTTP_TLS_PASSWORD_FILE;
            String missing = keystore ? ConfigKey.HTTP_TLS_PASSWORD_FILE : ConfigKey.HTTP_TLS_KEYSTORE;
            throw new ConfigException(
                    given + " is '" + values.string(given) + "', but " + missing + " is empty: set it as well");
        }
    }
}
