// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the reference vectors of SipHash-2-4: key 00 to 0f, message 00, 01, 02 and so on. */
class KeyedHashTest {
    private static final long K0 = 0x0706050403020100L;
    private static final long K1 = 0x0f0e0d0c0b0a0908L;

    @ParameterizedTest
    @CsvSource({
        "0, 726fdb47dd0e0e31",
        "8, 93f5f5799a932462",
        "16, 3f2acc7f57c29bdb",
        "24, b8ad50c6f649af94",
        "32, 7127512f72f27cce",
        "40, 0e3ea96b5304a7d0",
        "48, e612a3cb9ecba951",
        "56, b78dbfaf3a8d83bd"
    })
    void gives_the_reference_vectors(int bytes, String expected) {
        var hash = new KeyedHash(K0, K1);
        var message = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < bytes; i++) {
            message.put(i, (byte) i);
        }
        for (int word = 0; word < bytes / Long.BYTES; word++) {
            hash.add(message.getLong(word * Long.BYTES));
        }

        assertThat(hash.value()).isEqualTo(Long.parseUnsignedLong(expected, 16));
    }

    @Test
    void starts_afresh_after_a_reset() {
        var hash = new KeyedHash(K0, K1);
        hash.add(1L).value();

        assertThat(hash.reset().value()).isEqualTo(0x726fdb47dd0e0e31L);
    }

    @Test
    void knows_one_zero_only() {
        var hash = new KeyedHash(K0, K1);
        long zero = hash.reset().add(0.0).value();

        assertThat(hash.reset().add(-0.0).value()).isEqualTo(zero);
        assertThat(hash.reset().add(Double.MIN_VALUE).value()).isNotEqualTo(zero);
    }

    @Property(tries = 500, seed = "20261122")
    void tells_two_texts_apart(@ForAll String one, @ForAll String other) {
        var hash = new KeyedHash(K0, K1);

        assertThat(hash.reset().add(one).value() == hash.reset().add(other).value())
                .isEqualTo(one.equals(other));
    }

    @ParameterizedTest
    @CsvSource({"abcd, 'abcd\0'", "'', '\0'", "abc, '\0abc'"})
    void tells_apart_texts_that_are_packed_alike(String one, String other) {
        var hash = new KeyedHash(K0, K1);

        assertThat(hash.reset().add(one).value())
                .isNotEqualTo(hash.reset().add(other).value());
    }

    @Property(tries = 200, seed = "20261122")
    void gives_words_at_once_the_hash_they_have_one_by_one(@ForAll @Size(max = 40) long[] words, @ForAll long k0) {
        var hash = new KeyedHash(k0, 7);
        for (long word : words) {
            hash.add(word);
        }

        assertThat(hash.of(words, words.length)).isEqualTo(hash.value());
    }

    @Property(tries = 200, seed = "20261122")
    void depends_on_both_halves_of_the_key(@ForAll long k0, @ForAll long k1, @ForAll long word) {
        long plain = new KeyedHash(k0, k1).add(word).value();

        assertThat(new KeyedHash(k0 ^ 1, k1).add(word).value()).isNotEqualTo(plain);
        assertThat(new KeyedHash(k0, k1 ^ 1).add(word).value()).isNotEqualTo(plain);
    }
}
