// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

import java.util.Locale;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.types.Password;

/** Prints the reference page of all keys from their definition. */
public final class ConfigReference {
    private ConfigReference() {}

    /** The page as Markdown, the same on every machine. */
    public static String markdown() {
        StringBuilder page = new StringBuilder();
        page.append("""
                # Configuration

                Printed by `miasma config`; do not edit. Later wins: default, `miasma.properties` (or `--config FILE`),
                environment (`MIASMA_INPUT_TOPICS` is `input.topics`), `--set key=value`. Keys below `kafka.` go to the
                Kafka clients and Kafka Streams without that prefix: `kafka.security.protocol=SASL_SSL`. An unknown key
                is refused with the nearest known name.

                | key | type | default | bound | what it is |
                |---|---|---|---|---|
                """);
        var keys = Definition.of().configKeys();
        keys.values().forEach(key -> page.append(row(key)));
        return page.toString();
    }

    private static String row(ConfigDef.ConfigKey key) {
        return "| `" + key.name + "` | " + key.type.name().toLowerCase(Locale.ROOT) + " | " + defaultOf(key) + " | "
                + bound(key) + " | " + key.documentation + " |\n";
    }

    private static String defaultOf(ConfigDef.ConfigKey key) {
        Object value = key.defaultValue instanceof Password secret ? secret.value() : key.defaultValue;
        String text = Objects.toString(value).replaceAll("^\\[|\\]$", "");
        return text.isEmpty() ? "" : "`" + text + "`";
    }

    private static String bound(ConfigDef.ConfigKey key) {
        return key.validator == null ? "" : key.validator.toString();
    }
}
