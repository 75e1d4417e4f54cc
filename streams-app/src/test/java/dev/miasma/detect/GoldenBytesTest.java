// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miasma.config.NewerFormatException;
import dev.miasma.fixtures.Hostile;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes that releases have written, kept in {@code golden-bytes}: all are read, those of the newest format again. */
class GoldenBytesTest {
    private static final Map<String, byte[]> GOLDEN = Hostile.folder("/golden-bytes");
    private static final Map<String, UnaryOperator<byte[]>> FORMATS = Map.of(
            "client-state", bytes -> ClientStateSerde.write(ClientStateSerde.read(bytes)),
            "client-memory", bytes -> ClientMemorySerde.write(ClientMemorySerde.read(bytes)),
            "endpoint-state", bytes -> EndpointStateSerde.write(EndpointStateSerde.read(bytes)),
            "leak-block", bytes -> LeakBlockSerde.write(LeakBlockSerde.read(bytes)));

    static Stream<Arguments> formats() {
        return Hostile.named(FORMATS);
    }

    private static byte[] newest(String format) {
        return GOLDEN.entrySet().stream()
                .filter(file -> file.getKey().startsWith(format + "-v"))
                .reduce((one, next) -> next)
                .orElseThrow()
                .getValue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("formats")
    void every_version_is_read_and_written_as_the_newest(String format, UnaryOperator<byte[]> rewrite) {
        byte newest = newest(format)[0];

        for (int version = 1; version <= newest; version++) {
            String file = format + "-v" + version + ".bin";
            byte[] written = rewrite.apply(Objects.requireNonNull(GOLDEN.get(file), file));
            assertThat(written[0]).as("%s of version %d", format, version).isEqualTo(newest);
        }
        assertThat(rewrite.apply(newest(format))).isEqualTo(newest(format));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("formats")
    void a_newer_version_is_refused_as_such_and_what_is_no_version_is_not(
            String format, UnaryOperator<byte[]> rewrite) {
        byte[] newer = newest(format).clone();
        newer[0]++;
        byte[] none = newest(format).clone();
        none[0] = 0;
        byte[] damaged = newest(format).clone();
        damaged[0] = 100;

        assertThatThrownBy(() -> rewrite.apply(newer))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(" of version " + newer[0] + ": this release reads version")
                .satisfies(
                        error -> assertThat(NewerFormatException.among(error)).isEqualTo(error.getMessage()));
        for (byte[] other : List.of(none, damaged)) {
            assertThatThrownBy(() -> rewrite.apply(other))
                    .isInstanceOf(SerializationException.class)
                    .satisfies(error ->
                            assertThat(NewerFormatException.among(error)).isNull());
        }
    }

    @Test
    void no_file_is_of_a_format_that_nobody_reads() {
        assertThat(GOLDEN.keySet())
                .allMatch(name -> name.matches(
                        "(client-state|client-memory|endpoint-state|leak-block|scored-query|scored-batch)-v\\d\\.bin|training-filter-v1\\.training"
                                + "|model-(logistic|network|per-class|traffic)-v1\\.json"));
    }
}
