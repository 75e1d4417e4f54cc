// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.attack.ModelFile;
import dev.miasma.attack.ModelFileException;
import dev.miasma.fixtures.Hostile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Scored queries, model files and training-set filters that attack their readers. */
class HostileFilesTest {
    private static final long KEY = 77;
    private static final int CHECKSUM = 32;

    private static final Map<String, byte[]> QUERIES = Hostile.corpus("scored-queries");
    private static final Map<String, byte[]> BATCHES = Hostile.corpus("scored-batches");
    private static final Map<String, byte[]> MODELS = Hostile.corpus("models");
    private static final Map<String, byte[]> FILTERS = Hostile.corpus("training-filters");

    private static boolean isQuery(String name, byte[] bytes) {
        return Hostile.isRead(
                name,
                bytes,
                given -> ScoredQuerySerde.write(ScoredQuerySerde.read(given)),
                List.of(SerializationException.class));
    }

    private static boolean isBatch(String name, byte[] bytes) {
        return Hostile.isRead(
                name,
                bytes,
                given -> ScoredBatchSerde.write(ScoredBatchSerde.read(given)),
                List.of(SerializationException.class));
    }

    private static boolean isModel(String name, byte[] bytes) {
        return Hostile.isRead(
                name, bytes, given -> ModelFile.toJson(ModelFile.read(given)), List.of(ModelFileException.class));
    }

    private static boolean isFilter(String name, byte[] bytes) {
        try {
            Path file = Files.createTempFile("miasma-hostile", ".training");
            try {
                Files.write(file, bytes);
                return Hostile.isRead(
                        name,
                        bytes,
                        given -> TrainingFilterFile.read(file, KEY).mightContain(5),
                        List.of(TrainingFilterException.class));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With a checksum that fits: whoever makes a hostile filter gets that right. */
    private static byte[] signed(byte[] body) {
        try {
            byte[] whole = Arrays.copyOf(body, body.length + CHECKSUM);
            byte[] checksum = MessageDigest.getInstance("SHA-256").digest(body);
            System.arraycopy(checksum, 0, whole, body.length, CHECKSUM);
            return whole;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    static Stream<Arguments> queries() {
        return Hostile.named(QUERIES);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void queries(String name, byte[] bytes) {
        assertThat(isQuery(name, bytes)).as(name).isEqualTo(name.startsWith("read-"));
    }

    @Property(tries = 4000, seed = "20261122")
    void mutated_queries_are_read_or_refused(@ForAll("mutatedQueries") byte[] bytes) {
        isQuery("mutation", bytes);
    }

    @Provide
    Arbitrary<byte[]> mutatedQueries() {
        return Hostile.mutations(List.copyOf(QUERIES.values()), List.of());
    }

    @Property(tries = 2000, seed = "20261122")
    void random_bytes_are_read_as_queries_or_refused(@ForAll("randomQueries") byte[] bytes) {
        isQuery("random", bytes);
    }

    @Provide
    Arbitrary<byte[]> randomQueries() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(300))
                .as((version, bytes) -> {
                    bytes[0] = (byte) (int) version;
                    return bytes;
                });
    }

    static Stream<Arguments> batches() {
        return Hostile.named(BATCHES);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void batches(String name, byte[] bytes) {
        assertThat(isBatch(name, bytes)).as(name).isEqualTo(name.startsWith("read-"));
    }

    @Property(tries = 4000, seed = "20261122")
    void mutated_batches_are_read_or_refused(@ForAll("mutatedBatches") byte[] bytes) {
        isBatch("mutation", bytes);
    }

    @Provide
    Arbitrary<byte[]> mutatedBatches() {
        return Hostile.mutations(List.copyOf(BATCHES.values()), List.of());
    }

    static Stream<Arguments> models() {
        return Hostile.named(MODELS);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void models(String name, byte[] json) {
        assertThat(isModel(name, json)).as(name).isEqualTo(name.startsWith("read-"));
    }

    static Stream<Arguments> huge() {
        return Hostile.named(Hostile.hugeValues());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void huge(String name, String value) {
        String good = new String(java.util.Objects.requireNonNull(MODELS.get("read-logistic.json")), UTF_8);
        isModel(name + " alone", value.getBytes(UTF_8));
        for (String field :
                List.of("format", "version", "threshold", "weights", "seed", "date", "nonMembers", "bound")) {
            String hostile = good.replaceFirst(
                    "(\"" + field + "\"\\s*:\\s*)(\"[^\"]*\"|\\[[^\\]]*\\]|[^,\\[{}\\s]+)",
                    "$1" + java.util.regex.Matcher.quoteReplacement(value));
            assertThat(hostile).isNotEqualTo(good);

            isModel(name + " as " + field, hostile.getBytes(UTF_8));
        }
    }

    @Property(tries = 3000, seed = "20261122")
    void mutated_models_are_read_or_refused(@ForAll("mutatedModels") byte[] json) {
        isModel("mutation", json);
    }

    @Provide
    Arbitrary<byte[]> mutatedModels() {
        return Hostile.mutations(List.copyOf(MODELS.values()), Hostile.jsonPieces());
    }

    static Stream<Arguments> filters() {
        return Hostile.named(FILTERS);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void filters(String name, byte[] bytes) {
        assertThat(isFilter(name, bytes)).as(name).isEqualTo(name.startsWith("read-"));
    }

    @Property(tries = 1500, seed = "20261122")
    void mutated_filters_with_a_checksum_that_fits_are_read_or_refused(@ForAll("mutatedFilters") byte[] body) {
        isFilter("mutation", signed(body));
    }

    @Provide
    Arbitrary<byte[]> mutatedFilters() {
        List<byte[]> bodies = FILTERS.values().stream()
                .filter(bytes -> bytes.length > CHECKSUM)
                .map(bytes -> Arrays.copyOf(bytes, bytes.length - CHECKSUM))
                .toList();
        return Hostile.mutations(bodies, List.of());
    }
}
