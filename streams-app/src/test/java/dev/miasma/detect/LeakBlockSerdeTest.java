// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeakBlockSerdeTest {
    private static final String GOLDEN = "01" // version
            + "00000000000003e8" // the second from 1,000 ms on
            + "0a" + "04" + "02" // queries 5, new clients 2, flagged 1, in zigzag
            + "02" + "06" + "d804" // bins of 3 and 300
            + "0005" + "6672617564" // fraud
            + "0001" + "37" // 7
            + "0003" + "616263"; // abc

    private static final LeakBlock BLOCK = new LeakBlock("fraud", "7", 1000, 5, 2, "abc", 1, new long[] {3, 300});

    @Test
    void the_bytes_are_those_of_the_released_format() {
        assertThat(HexFormat.of().formatHex(LeakBlockSerde.write(BLOCK))).isEqualTo(GOLDEN);
        assertThat(LeakBlockSerde.read(HexFormat.of().parseHex(GOLDEN))).isEqualTo(BLOCK);
    }

    @Property(tries = 200, seed = "20261122")
    void what_is_written_is_read(
            @ForAll @StringLength(max = 50) String endpoint,
            @ForAll @StringLength(max = 50) String version,
            @ForAll long second,
            @ForAll @LongRange(min = 0) long count,
            @ForAll @Size(max = 32) @LongRange(min = 0) long[] bins) {
        var block = new LeakBlock(wellFormed(endpoint), wellFormed(version), second, count, count, "", count, bins);

        assertThat(LeakBlockSerde.read(LeakBlockSerde.write(block))).isEqualTo(block);
    }

    /** UTF-8 has no half surrogate pairs; neither has JSON text that was read. */
    private static String wellFormed(String text) {
        return text.replaceAll("\\p{Cs}", "?");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 12, 15, 22, 28})
    void bytes_cut_short_are_refused(int length) {
        byte[] cut = Arrays.copyOf(LeakBlockSerde.write(BLOCK), length);

        assertThatThrownBy(() -> LeakBlockSerde.read(cut))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(length + " bytes");
    }

    @Test
    void a_version_of_the_future_is_named() {
        byte[] future = LeakBlockSerde.write(BLOCK);
        future[0] = 9;

        assertThatThrownBy(() -> LeakBlockSerde.read(future)).hasMessageContaining("version 9");
    }
}
