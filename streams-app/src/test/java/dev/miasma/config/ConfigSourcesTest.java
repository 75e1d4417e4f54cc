// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigSourcesTest {
    private static final Map<String, String> NO_ENVIRONMENT = Map.of();

    @Test
    void later_sources_win_over_earlier_ones(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("miasma.properties"), "threads = 3 \nhttp.port=1\nalerts.topic=from-file\n");
        Map<String, String> environment = Map.of("MIASMA_HTTP_PORT", "2", "MIASMA_ALERTS_TOPIC", "from-environment");

        Map<String, String> values =
                ConfigSources.collect(file, environment, List.of("alerts.topic=from-command-line"));

        assertThat(values)
                .containsOnly(
                        Map.entry("threads", "3"),
                        Map.entry("http.port", "2"),
                        Map.entry("alerts.topic", "from-command-line"));
    }

    @Test
    void variables_of_others_and_of_the_launcher_are_no_configuration() {
        Map<String, String> environment = Map.of(
                "PATH", "/bin",
                "XMIASMA_THREADS", "1",
                "MIASMA_JAVA_HOME", "/opt/jdk",
                "MIASMA_JAVA_OPTS", "-Xmx1g",
                "MIASMA_JDK_DIRS", "/opt",
                "MIASMA_KAFKA_SASL_JAAS_CONFIG", "x");

        assertThat(ConfigSources.collect(null, environment, List.of()))
                .containsOnly(Map.entry("kafka.sasl.jaas.config", "x"));
    }

    @Test
    void an_assignment_may_have_more_equals_signs_and_an_empty_value() {
        List<String> assignments =
                List.of("kafka.sasl.jaas.config=a b=\"c\";", "instance.id=", "threads=1", "threads=2");

        assertThat(ConfigSources.collect(null, NO_ENVIRONMENT, assignments))
                .containsOnly(
                        Map.entry("kafka.sasl.jaas.config", "a b=\"c\";"),
                        Map.entry("instance.id", ""),
                        Map.entry("threads", "2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"threads", "=3", ""})
    void refuses_an_assignment_without_key_or_value(String assignment) {
        assertThatThrownBy(() -> ConfigSources.collect(null, NO_ENVIRONMENT, List.of(assignment)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("--set " + assignment + ": expected key=value");
    }

    @Test
    void refuses_a_named_file_that_is_not_there(@TempDir Path folder) {
        Path missing = folder.resolve("none.properties");

        assertThatThrownBy(() -> ConfigSources.collect(missing, NO_ENVIRONMENT, List.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("cannot read configuration file '" + missing + "'");
    }

    @Test
    void refuses_a_file_it_cannot_make_sense_of(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.properties"), "threads=\\u12");

        assertThatThrownBy(() -> ConfigSources.collect(file, NO_ENVIRONMENT, List.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("cannot read configuration file");
    }
}
