// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.fixtures.Hostile;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes in stores and internal topics that nobody wrote: each is read or refused as what it is, in bounded memory. */
class HostileStateTest {
    private static final List<Class<? extends Exception>> REFUSED = List.of(SerializationException.class);

    /**
     * What is read.
     *
     * @param folder of its corpus
     * @param reader what was read has to be fit to be written again
     * @param kept its corpus
     */
    record Format(String folder, Hostile.Reader reader, Map<String, byte[]> kept) {
        static Format of(String folder, Hostile.Reader reader) {
            return new Format(folder, reader, Hostile.corpus(folder));
        }
    }

    private static final Format CLIENT_STATE =
            Format.of("states", bytes -> ClientStateSerde.write(ClientStateSerde.read(bytes)));
    private static final List<Format> FORMATS = List.of(
            CLIENT_STATE,
            Format.of("client-memories", bytes -> ClientMemorySerde.write(ClientMemorySerde.read(bytes))),
            Format.of("endpoint-states", bytes -> EndpointStateSerde.write(EndpointStateSerde.read(bytes))),
            Format.of("leak-blocks", bytes -> LeakBlockSerde.write(LeakBlockSerde.read(bytes))));

    static Stream<Arguments> kept() {
        return FORMATS.stream()
                .flatMap(format -> format.kept().entrySet().stream()
                        .map(input ->
                                Arguments.arguments(format.folder() + "/" + input.getKey(), format, input.getValue())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void kept(String name, Format format, byte[] bytes) {
        assertThat(Hostile.isRead(name, bytes, format.reader(), REFUSED))
                .as(name)
                .isEqualTo(name.contains("/read-"));
    }

    @Property(tries = 6000, seed = "20261122")
    void mutations_of_written_bytes(@ForAll("mutated") Tuple2<Format, byte[]> input) {
        Hostile.isRead(input.get1().folder(), input.get2(), input.get1().reader(), REFUSED);
    }

    @Provide
    Arbitrary<Tuple2<Format, byte[]>> mutated() {
        return Arbitraries.of(FORMATS)
                .flatMap(format -> Hostile.mutations(List.copyOf(format.kept().values()), List.of())
                        .map(bytes -> Tuple.of(format, bytes)));
    }

    @Property(tries = 3000, seed = "20261122")
    void random_bytes_behind_every_version(@ForAll("random") Tuple2<Format, byte[]> input) {
        Hostile.isRead(input.get1().folder(), input.get2(), input.get1().reader(), REFUSED);
    }

    @Provide
    Arbitrary<Tuple2<Format, byte[]>> random() {
        Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(400);
        return Combinators.combine(
                        Arbitraries.of(FORMATS), Arbitraries.integers().between(0, 4), bytes)
                .as((format, version, random) -> {
                    if (random.length > 0) {
                        random[0] = (byte) (int) version;
                    }
                    return Tuple.of(format, random);
                });
    }

    @Property(tries = 2000, seed = "20261122")
    void detection_goes_on_from_any_client_state_that_was_read(@ForAll("states") byte[] bytes) {
        ClientState state;
        try {
            state = ClientStateSerde.read(bytes);
        } catch (SerializationException refused) {
            return;
        }

        Set<Object> seen = new HashSet<>();
        Hostile.isRead(
                "asked on",
                bytes,
                b -> {
                    state.complete(null);
                    state.memory.add(7);
                    state.ring.add(new long[] {1, 2, 3, 4}, 0.5f);
                    seen.add(state.ring.nearest(new long[] {1, 2, 3, 4}, new long[LocalityRing.CAPACITY]));
                    ClientStateSerde.write(state);
                },
                List.of());
        assertThat(seen).doesNotContain(-1);
    }

    @Provide
    Arbitrary<byte[]> states() {
        return Hostile.mutations(List.copyOf(CLIENT_STATE.kept().values()), List.of());
    }
}
