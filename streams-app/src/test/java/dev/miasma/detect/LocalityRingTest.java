// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
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
        LocalityRing read = LocalityRing.readWhole(ByteBuffer.wrap(whole(ring)));
        for (int i = 0; i < 70; i++) {
            long[] next = random(random);
            ring.add(next, i);
            read.add(next, i);
        }

        assertThat(whole(read)).isEqualTo(whole(ring));
    }

    /** Between restarts it is written whole as soon as that is due, and in part otherwise. */
    @Property(tries = 200, seed = "20261122")
    void what_is_written_in_part_goes_on_as_what_never_was(
            @ForAll @IntRange(min = 0, max = 200) int count,
            @ForAll @IntRange(min = 1, max = 40) int writeEvery,
            @ForAll long seed) {
        var random = new SplittableRandom(seed);
        var undisturbed = new LocalityRing();
        var ring = new LocalityRing();
        byte[] whole = whole(new LocalityRing());
        List<long[]> asked = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            if (random.nextInt(50) == 0) {
                undisturbed.clear();
                ring.clear();
            }
            long[] next = random(random);
            asked.add(next);
            undisturbed.add(next, i);
            ring.add(next, i);
            if (i % writeEvery == 0) {
                if (ring.due()) {
                    whole = whole(ring);
                    ring.kept();
                }
                assertThat(ring.bytes()).isLessThanOrEqualTo(1 + 16 * 36);
                ring = read(ring).completedBy(LocalityRing.readWhole(ByteBuffer.wrap(whole)));
            }
        }

        assertThat(ring.size()).isEqualTo(undisturbed.size());
        for (int age = 1; age <= ring.size(); age++) {
            assertThat(ring.confidence(ring.entryOf(age))).isEqualTo(undisturbed.confidence(undisturbed.entryOf(age)));
        }
        for (long[] query : asked) {
            int found = nearest(ring, query);
            int expected = nearest(undisturbed, query);
            assertThat(found < 0 ? -1 : ring.confidence(found))
                    .isEqualTo(expected < 0 ? -1 : undisturbed.confidence(expected));
        }
    }

    private static LocalityRing read(LocalityRing ring) {
        ByteBuffer bytes = ByteBuffer.allocate(ring.bytes());
        ring.write(bytes);
        assertThat(bytes.hasRemaining()).isFalse();
        return LocalityRing.read(bytes.flip());
    }

    private static byte[] whole(LocalityRing ring) {
        ByteBuffer bytes = ByteBuffer.allocate(ring.wholeBytes());
        ring.writeWhole(bytes);
        return bytes.array();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4100", "0201", "4040"})
    void refuses_what_cannot_be_a_whole_ring(String head) {
        assertRefused(head, LocalityRing::readWhole);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4100", "9100", "ff00"})
    void refuses_what_cannot_be_a_ring(String head) {
        assertRefused(head, LocalityRing::read);
    }

    private static void assertRefused(String head, Consumer<ByteBuffer> reader) {
        ByteBuffer bytes = ByteBuffer.allocate(5000).put(HexFormat.of().parseHex(head));

        assertThatThrownBy(() -> reader.accept(bytes.rewind()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not fit");
    }

    private static int nearest(LocalityRing ring, long[] locality) {
        return ring.nearest(locality, new long[LocalityRing.CAPACITY]);
    }
}
