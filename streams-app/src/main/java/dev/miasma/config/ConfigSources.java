// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where values come from. Precedence, later wins: default, properties file, environment, {@code --set}.
 *
 * <p>An environment variable {@code MIASMA_INPUT_TOPICS} is the key {@code input.topics}: prefix off, lower case,
 * underscores to dots.
 */
public final class ConfigSources {
    /** Read from the working folder when no other file is named and it is there. */
    public static final String DEFAULT_FILE = "miasma.properties";

    private static final String ENVIRONMENT_PREFIX = "MIASMA_";

    /** Variables of the launcher and of the log, which are not configuration of the monitor. */
    private static final List<String> LAUNCHER_VARIABLES =
            List.of("MIASMA_JAVA_HOME", "MIASMA_JAVA_OPTS", "MIASMA_JDK_DIRS", "MIASMA_LOG_FORMAT");

    private ConfigSources() {}

    /**
     * Collects all values.
     *
     * @param file properties file; null for {@value #DEFAULT_FILE} if that exists
     * @param environment the process's environment
     * @param assignments {@code key=value} pairs of the command line
     * @throws ConfigException if the file cannot be read or an assignment is not of that form
     */
    public static Map<String, String> collect(
            @Nullable Path file, Map<String, String> environment, List<String> assignments) {
        Map<String, String> values = new LinkedHashMap<>(fromFile(file));
        environment.forEach((name, value) -> {
            if (name.startsWith(ENVIRONMENT_PREFIX) && !LAUNCHER_VARIABLES.contains(name)) {
                values.put(keyOf(name), value);
            }
        });
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                throw new ConfigException("--set " + assignment + ": expected key=value");
            }
            values.put(
                    assignment.substring(0, equals).strip(),
                    assignment.substring(equals + 1).strip());
        }
        return values;
    }

    private static String keyOf(String variable) {
        return variable.substring(ENVIRONMENT_PREFIX.length())
                .toLowerCase(Locale.ROOT)
                .replace('_', '.');
    }

    private static Map<String, String> fromFile(@Nullable Path file) {
        Path path = file == null ? Path.of(DEFAULT_FILE) : file;
        if (file == null && !Files.exists(path)) {
            return Map.of();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigException("cannot read configuration file '" + path + "': " + e);
        }
        Map<String, String> values = new LinkedHashMap<>();
        properties
                .stringPropertyNames()
                .forEach(key -> values.put(key, properties.getProperty(key).strip()));
        return values;
    }
}
