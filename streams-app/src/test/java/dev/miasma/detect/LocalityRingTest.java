// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalityRingTest {
    private static final int BANDS = 16;

    private static long[] random(SplittableRandom random) {
        return new long[] {random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong()};
    }

    /** The same but for all bands from one on. */
    private static long[] with(long[] locality, int equalBands) {
        long[] other = locality.clone();
        for (int band = equalBands; band < BANDS; band++) {
            other[band / 4] ^= 0x8001L << (16 * (band % 4));
        }
        return other;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 15, 16})
    void a_query_is_near_from_4_equal_bands_on(int equal) {
        var ring = new LocalityRing();
        long[] kept = random(new SplittableRandom(1));
        ring.add(kept, 0.5f);

        assertThat(nearest(ring, with(kept, equal))).isEqualTo(equal >= 4 ? 0 : -1);
    }

    @Property(tries = 500, seed = "20261122")
    void bands_are_counted_as_one_by_one(@ForAll long seed, @ForAll @IntRange(min = 0, max = 65535) int mask) {
        var random = new SplittableRandom(seed);
        long[] kept = random(random);
        long[] other = kept.clone();
        int equal = 0;
        for (int band = 0; band < BANDS; band++) {
            if ((mask & (1 << band)) == 0) {
                equal++;
            } else {
                other[band / 4] ^= (1L + random.nextInt(0xffff)) << (16 * (band % 4));
            }
        }
        var ring = new LocalityRing();
        ring.add(kept, 0.5f);

        assertThat(nearest(ring, other) == 0).isEqualTo(equal >= 4);
    }

    @Test
    void the_nearest_is_the_one_with_the_most_equal_bands() {
        var ring = new LocalityRing();
        long[] query = random(new SplittableRandom(1));
        ring.add(with(query, 5), 0.1f);
        ring.add(with(query, 9), 0.2f);
        ring.add(with(query, 6), 0.3f);

        assertThat(ring.confidence(nearest(ring, query))).isEqualTo(0.2f);
    }

    @Property(tries = 200, seed = "20261122")
    void the_nearest_of_many_is_the_one_that_is_found_band_by_band(
            @ForAll @IntRange(min = 1, max = 150) int count, @ForAll long seed) {
        var random = new SplittableRandom(seed);
        var ring = new LocalityRing();
        long[] query = random(random);
        int expected = 3;
        float confidence = -1;
        for (int i = 0; i < count; i++) {
            int equal = random.nextInt(8);
            ring.add(with(query, equal), i);
            if (i >= count - 64 && equal >= Math.max(4, expected)) {
                expected = equal;
                confidence = i;
            }
        }

        int nearest = nearest(ring, query);

        assertThat(nearest < 0 ? -1 : ring.confidence(nearest)).isEqualTo(confidence);
    }

    @Test
    void the_oldest_of_more_than_64_goes_first() {
        var ring = new LocalityRing();
        var random = new SplittableRandom(1);
        long[] first = random(random);
        long[] second = random(random);
        ring.add(first, 0);
        ring.add(second, 0);
        for (int i = 0; i < 63; i++) {
            ring.add(random(random), 0);
        }

        assertThat(ring.size()).isEqualTo(64);
        assertThat(nearest(ring, first)).isEqualTo(-1);
        assertThat(nearest(ring, second)).isNotNegative();
    }

    @Property(tries = 100, seed = "20261122")
    void what_is_read_goes_on_as_what_was_written(@ForAll @IntRange(min = 0, max = 200) int count, @ForAll long seed) {
        var random = new SplittableRandom(seed);
        var ring = new LocalityRing();
        for (int i = 0; i < count; i++) {
            ring.add(random(random), i);
        }
        ByteBuffer bytes = ByteBuffer.allocate(ring.bytes());
        ring.write(bytes);

        LocalityRing read = LocalityRing.read(bytes.flip());
        for (int i = 0; i < 70; i++) {
            long[] next = random(random);
            ring.add(next, i);
            read.add(next, i);
        }

        ByteBuffer expected = ByteBuffer.allocate(ring.bytes());
        ring.write(expected);
        ByteBuffer actual = ByteBuffer.allocate(read.bytes());
        read.write(actual);
        assertThat(actual.array()).isEqualTo(expected.array());
    }

    @ParameterizedTest
    @ValueSource(strings = {"4100", "0201", "4040"})
    void refuses_what_cannot_be_a_ring(String head) {
        ByteBuffer bytes = ByteBuffer.allocate(5000)
                .put((byte) Integer.parseInt(head.substring(0, 2), 16))
                .put((byte) Integer.parseInt(head.substring(2), 16));

        assertThatThrownBy(() -> LocalityRing.read(bytes.rewind()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not fit");
    }

    private static int nearest(LocalityRing ring, long[] locality) {
        return ring.nearest(locality, new long[LocalityRing.CAPACITY]);
    }
}
