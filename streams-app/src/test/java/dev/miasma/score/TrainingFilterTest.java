// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingFilterTest {
    private static final long KEY = 77;

    @TempDir
    Path folder;

    private Path written(long... hashes) throws IOException {
        Path file = folder.resolve("default.training");
        TrainingFilterFile.write(TrainingFilter.of(hashes, 1e-3, KEY), file);
        return file;
    }

    @Property(tries = 200, seed = "20261122")
    void a_record_of_the_training_set_is_never_missed(
            @ForAll @Size(min = 1, max = 300) long[] hashes, @ForAll @IntRange(min = 1, max = 12) int digits) {
        TrainingFilter filter = TrainingFilter.of(hashes, Math.pow(10, -digits), KEY);

        assertThat(Arrays.stream(hashes).allMatch(filter::mightContain)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.01, 0.001, 1e-4})
    void other_records_are_taken_for_one_at_no_more_than_the_stated_rate(double rate) {
        var random = new Random(20261122);
        TrainingFilter filter = TrainingFilter.of(random.longs(20_000).toArray(), rate, KEY);

        long hits = random.longs(1_000_000).filter(filter::mightContain).count();

        // Four standard deviations of chance.
        assertThat((double) hits).isLessThan(1e6 * rate + 4 * Math.sqrt(1e6 * rate));
        assertThat((double) hits).isGreaterThan(1e6 * rate / 3);
        assertThat(filter.falsePositiveRate()).isEqualTo(rate);
    }

    @Test
    void equal_records_count_once() {
        assertThat(TrainingFilter.of(new long[] {5, 6, 5, 5}, 0.01, KEY).count())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1e-13, 0.11, Double.NaN, Double.POSITIVE_INFINITY})
    void refuses_rates_out_of_bounds(double rate) {
        assertThatThrownBy(() -> TrainingFilter.of(new long[] {1}, rate, KEY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the false-positive rate is " + rate + ": must be 1.0E-12 to 0.1");
    }

    @Test
    void refuses_to_be_empty() {
        assertThatThrownBy(() -> TrainingFilter.of(new long[0], 0.01, KEY)).hasMessageContaining("must be 1 to");
    }

    @Test
    void a_file_gives_back_what_was_written() throws IOException {
        long[] hashes = new Random(1).longs(1000).toArray();

        TrainingFilter filter = TrainingFilterFile.read(written(hashes), KEY);

        assertThat(Arrays.stream(hashes).allMatch(filter::mightContain)).isTrue();
        assertThat(filter.count()).isEqualTo(1000);
        assertThat(filter.falsePositiveRate()).isEqualTo(1e-3);
        assertThat(folder).isDirectoryContaining("glob:**.training").isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void the_same_records_give_the_same_bytes_in_any_order() throws IOException {
        byte[] one = Files.readAllBytes(written(1, 2, 3, 3));

        assertThat(Files.readAllBytes(written(3, 1, 2))).isEqualTo(one);
    }

    private static UnaryOperator<byte[]> changed(int at, int... values) {
        return bytes -> {
            byte[] copy = bytes.clone();
            IntStream.range(0, values.length).forEach(i -> copy[at + i] = (byte) values[i]);
            return copy;
        };
    }

    /** Changed, and the checksum made to fit again. */
    private static UnaryOperator<byte[]> forged(int at, int... values) {
        return bytes -> {
            byte[] copy = changed(at, values).apply(bytes);
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                digest.update(copy, 0, copy.length - 32);
                System.arraycopy(digest.digest(), 0, copy, copy.length - 32, 32);
                return copy;
            } catch (java.security.NoSuchAlgorithmException e) {
                throw new AssertionError(e);
            }
        };
    }

    private static UnaryOperator<byte[]> cut(int length) {
        return bytes -> Arrays.copyOf(bytes, length < 0 ? bytes.length + length : length);
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                arguments(cut(0), "is no training-set filter"),
                arguments(cut(7), "is no training-set filter"),
                arguments(changed(0, 'X'), "is no training-set filter"),
                arguments(cut(12), "is cut off or corrupt"),
                arguments(cut(40), "is cut off or corrupt"),
                arguments(cut(-1), "is cut off or corrupt"),
                arguments(cut(-40), "is cut off or corrupt"),
                arguments(changed(11, 2), "has version 2: this release reads 1"),
                arguments(changed(11, 0), "has version 0: this release reads 1"),
                arguments(changed(19, 1), "is cut off or corrupt"),
                arguments(changed(60, 1, 2, 3), "is cut off or corrupt"),
                arguments((UnaryOperator<byte[]>) b -> Arrays.copyOf(b, b.length + 1), "is cut off or corrupt"),
                arguments(forged(19, 1), "was made with another identity key"),
                arguments(forged(20, 0, 0, 0, 0, 0, 0, 0, 0), "states 0 records: must be 1 to"),
                arguments(forged(20, 0x7f), "records: must be 1 to 200000000"),
                arguments(forged(28, 0x7f, 0xf8), "the false-positive rate is NaN: must be"),
                arguments(forged(28, 0x3f, 0xf0), "the false-positive rate is 1.0"),
                arguments(forged(38, 0x7f), "words and has another length"),
                arguments(forged(36, 99), "holds no Bloom filter that can be read"));
    }

    @ParameterizedTest
    @MethodSource
    void broken(UnaryOperator<byte[]> change, String message) throws IOException {
        Path file = written(1, 2, 3);
        Files.write(file, change.apply(Files.readAllBytes(file)));

        assertThatThrownBy(() -> TrainingFilterFile.read(file, KEY))
                .isInstanceOf(TrainingFilterException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
    }

    @Test
    void any_single_changed_byte_is_noticed() throws IOException {
        byte[] bytes = Files.readAllBytes(written(1, 2, 3));
        Path file = folder.resolve("changed.training");

        for (int i = 0; i < bytes.length; i++) {
            Files.write(file, changed(i, bytes[i] ^ 0x10).apply(bytes));
            assertThatThrownBy(() -> TrainingFilterFile.read(file, KEY)).isInstanceOf(TrainingFilterException.class);
        }
    }

    @Test
    void refuses_a_file_that_is_too_large() throws IOException {
        Path file = folder.resolve("large.training");
        try (var channel = java.nio.channels.FileChannel.open(
                file, java.nio.file.StandardOpenOption.CREATE_NEW, java.nio.file.StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[1]), TrainingFilterFile.MAX_BYTES);
        }

        assertThatThrownBy(() -> TrainingFilterFile.read(file, KEY)).hasMessageContaining("has more than 1073741824");
    }
}
