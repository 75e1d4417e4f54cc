// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miasma.fixtures.Hostile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Configurations and files of quantiles that attack their readers. */
class HostileConfigTest {
    private static final List<Class<? extends Exception>> REFUSED = List.of(ConfigException.class);
    private static final Map<String, byte[]> KEPT = Hostile.corpus("configurations");
    private static final Map<String, byte[]> QUANTILES = Hostile.corpus("quantiles");

    private static boolean isRead(String name, byte[] properties) {
        return inFile(properties, file -> Hostile.isRead(name, properties, bytes -> use(collect(file)), REFUSED));
    }

    private static Map<String, String> collect(Path file) {
        return ConfigSources.collect(file, Map.of(), List.of());
    }

    /** All that a start asks of a configuration before it touches Kafka. */
    private static void use(Map<String, String> values) {
        MiasmaConfig config = MiasmaConfig.of(values);
        config.input();
        config.outputs();
        config.detect();
        config.detectCohorts();
        config.detectEndpoints();
        config.sensors();
        config.http();
        config.identity();
        config.modelsDir();
        config.exemptionsFile();
        config.whatIf();
    }

    private interface Use {
        boolean of(Path file);
    }

    private static boolean inFile(byte[] bytes, Use use) {
        try {
            Path file = Files.createTempFile("miasma-hostile", ".properties");
            try {
                Files.write(file, bytes);
                return use.of(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Arguments> kept() {
        return Hostile.named(KEPT);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void kept(String name, byte[] properties) {
        assertThat(isRead(name, properties)).as(name).isEqualTo(name.startsWith("read-"));
    }

    @Property(tries = 2000, seed = "20261122")
    void mutations_are_read_or_refused(@ForAll("mutated") byte[] properties) {
        isRead("mutation", properties);
    }

    @Provide
    Arbitrary<byte[]> mutated() {
        return Hostile.mutations(
                List.copyOf(KEPT.values()),
                List.of(
                        "=",
                        "\n",
                        "\\u",
                        "\\u0000",
                        "\\",
                        "1e999999",
                        "NaN",
                        "-1",
                        "9".repeat(10_000),
                        ",",
                        "true",
                        "\u0000"));
    }

    @Property(tries = 4000, seed = "20261122")
    void every_key_takes_or_refuses_every_value(@ForAll("keys") String key, @ForAll("values") String value) {
        Map<String, String> values = new HashMap<>(Map.of(ConfigKey.IDENTITY_KEY, "0123456789abcdef"));
        values.put(key, value);

        Hostile.isRead(key + "=" + value, value.getBytes(UTF_8), bytes -> use(values), REFUSED);
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.of(Definition.of().names());
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(12),
                Arbitraries.of(
                        "",
                        " ",
                        "\u0000",
                        "a\u0000b",
                        "\n",
                        ",",
                        ",,",
                        "a,a",
                        "NaN",
                        "Infinity",
                        "-Infinity",
                        "1e999999",
                        "1e-999999",
                        "-1",
                        "0",
                        "9223372036854775808",
                        "2147483648",
                        "9".repeat(10_000),
                        "\ud800",
                        "../../etc/passwd",
                        "/",
                        "/dev/null/x",
                        "~",
                        "%s%n",
                        "${jndi:ldap://localhost/a}",
                        "28x28x9999999999",
                        "top3,round2",
                        "x".repeat(1 << 20)));
    }

    static Stream<Arguments> quantiles() {
        return Hostile.named(QUANTILES);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void quantiles(String name, byte[] json) {
        assertThat(areQuantiles(name, json)).as(name).isEqualTo(name.startsWith("read-"));
    }

    @Property(tries = 1500, seed = "20261122")
    void mutated_quantiles_are_read_or_refused(@ForAll("mutatedQuantiles") byte[] json) {
        areQuantiles("mutation", json);
    }

    @Provide
    Arbitrary<byte[]> mutatedQuantiles() {
        return Hostile.mutations(List.copyOf(QUANTILES.values()), Hostile.jsonPieces());
    }

    private static boolean areQuantiles(String name, byte[] json) {
        return inFile(
                json,
                file -> Hostile.isRead(
                        name, json, bytes -> FeatureQuantiles.read(file).rank(0, 1f), REFUSED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {ConfigKey.MODELS_DIR, ConfigKey.STATE_DIR, ConfigKey.IDENTITY_KEY_FILE, ConfigKey.ALERTS_TOPIC})
    void a_value_with_a_NUL_character_is_refused_by_its_key(String key) {
        Map<String, String> values = Map.of(key, "a\u0000b");

        assertThatThrownBy(() -> MiasmaConfig.of(values))
                .isInstanceOf(ConfigException.class)
                .hasMessage(key + " holds a NUL character: none is allowed");
    }
}
