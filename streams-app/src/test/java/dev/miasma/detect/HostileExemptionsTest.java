// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.config.ConfigException;
import dev.miasma.fixtures.Hostile;
import dev.miasma.measure.InMemoryMeasures;
import dev.miasma.score.AttackModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Exemptions that attack their reader, from the file and from the topic. */
class HostileExemptionsTest {
    private static final Map<String, byte[]> KEPT = Hostile.corpus("exemptions");
    private static final ExemptionParser PARSER = new ExemptionParser(Asking.SENSORS, AttackModels.none());

    @TempDir
    Path folder;

    private static boolean isRead(String name, byte[] json) {
        return Hostile.isRead(name, json, PARSER::parse, List.of(IllegalArgumentException.class));
    }

    static Stream<Arguments> kept() {
        return Hostile.named(KEPT);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void kept(String name, byte[] json) {
        assertThat(isRead(name, json)).as(name).isEqualTo(name.startsWith("read-"));
    }

    static Stream<Arguments> huge() {
        return Hostile.named(Hostile.hugeValues());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void huge(String name, String value) {
        for (String field : List.of("kind", "level", "name", "endpoint", "reason", "until", "accepted", "note")) {
            isRead(name + " as " + field, one(field, value).getBytes(UTF_8));
        }
        for (String field : List.of("queries", "bins", "near", "modelId", "note")) {
            isRead(
                    name + " as " + field,
                    one("accepted", "{\"" + field + "\":" + value + "}").getBytes(UTF_8));
        }
    }

    private static String one(String field, String json) {
        String rest = """
                {"kind":"acknowledge","level":"client","name":"0a1b","reason":"audit","until":"2027-01-01T00:00:00Z","accepted":{"queries":9}}""";
        return rest.replaceFirst("\"" + field + "\":(\"[^\"]*\"|\\{[^}]*})", "\"note2\":0")
                .replaceFirst("}$", ",\"" + field + "\":" + java.util.regex.Matcher.quoteReplacement(json) + "}");
    }

    @Property(tries = 3000, seed = "20261122")
    void mutations_are_read_or_refused(@ForAll("mutated") byte[] json) {
        isRead("mutation", json);
    }

    @Provide
    Arbitrary<byte[]> mutated() {
        return Hostile.mutations(List.copyOf(KEPT.values()), Hostile.jsonPieces());
    }

    @Test
    void a_topic_takes_anything_without_throwing_and_counts_it() {
        InMemoryMeasures measures = new InMemoryMeasures();
        Exemptions exemptions = Exemptions.none(Asking.SENSORS, measures);

        KEPT.forEach(exemptions::take);

        assertThat(measures.brokenExemptionCount())
                .isEqualTo(KEPT.keySet().stream()
                        .filter(name -> !name.startsWith("read-"))
                        .count());
    }

    @Test
    void a_file_of_other_bytes_is_refused_by_name() throws IOException {
        Exemptions exemptions = Exemptions.none(Asking.SENSORS, new InMemoryMeasures());
        Path file = folder.resolve("exemptions.jsonl");
        for (byte[] bytes :
                List.of(new byte[] {(byte) 0xff, (byte) 0xfe, 0}, new byte[] {0, 0, 0}, "[1]".getBytes(UTF_8))) {
            Files.write(file, bytes);

            assertThat(Hostile.isRead("file", bytes, b -> exemptions.read(file), List.of(ConfigException.class)))
                    .isFalse();
        }
    }

    @Test
    void a_file_too_large_to_be_one_is_not_read_at_all() throws IOException {
        Exemptions exemptions = Exemptions.none(Asking.SENSORS, new InMemoryMeasures());
        Path file = folder.resolve("exemptions.jsonl");
        try (var out = Files.newByteChannel(
                file, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.WRITE)) {
            out.position(1L << 33).write(java.nio.ByteBuffer.wrap(new byte[1]));
        }

        assertThat(Hostile.isRead("8 GB", new byte[0], b -> exemptions.read(file), List.of(ConfigException.class)))
                .isFalse();
    }
}
