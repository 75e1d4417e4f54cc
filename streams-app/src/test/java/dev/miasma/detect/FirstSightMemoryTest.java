// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstSightMemoryTest {
    private static FirstSightMemory afterRestart(FirstSightMemory memory) {
        ByteBuffer bytes = ByteBuffer.allocate(memory.bytes());
        memory.write(bytes);
        assertThat(bytes.hasRemaining()).isFalse();
        return FirstSightMemory.read(bytes.flip());
    }

    @Property(tries = 300, seed = "20261122")
    void never_takes_a_repeat_for_new_whatever_the_fingerprints(
            @ForAll @Size(max = 200) List<Long> fingerprints, @ForAll @IntRange(min = 1, max = 50) int restartEvery) {
        var memory = new FirstSightMemory();
        Set<Long> seen = new HashSet<>();
        int sights = 0;
        for (long fingerprint : fingerprints) {
            boolean isNew = memory.add(fingerprint);

            assertThat(isNew && !seen.add(fingerprint)).isFalse();
            seen.add(fingerprint);
            if (++sights % restartEvery == 0) {
                memory = afterRestart(memory);
            }
        }
        for (long fingerprint : fingerprints) {
            assertThat(memory.add(fingerprint)).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3"})
    void never_takes_a_repeat_for_new_among_many(long seed) {
        var memory = new FirstSightMemory();
        var random = new SplittableRandom(seed);
        long[] fingerprints = random.longs(10_000).toArray();
        for (long fingerprint : fingerprints) {
            memory.add(fingerprint);
        }

        FirstSightMemory restarted = afterRestart(memory);

        assertThat(Arrays.stream(fingerprints).anyMatch(restarted::add)).isFalse();
        assertThat(restarted.size()).isEqualTo(memory.size());
    }

    /** What is lost: the share of new queries that are taken for repeats while so many are remembered. */
    @ParameterizedTest
    @CsvSource({"32, 0.01", "992, 0.02", "4064, 0.03", "32736, 0.04"})
    void takes_few_new_queries_for_repeats(int remembered, double atMost) {
        var random = new SplittableRandom(20261122);
        int tries = 0;
        int taken = 0;
        int rounds = Math.max(1, 200_000 / remembered);
        for (int round = 0; round < rounds; round++) {
            var memory = new FirstSightMemory();
            while (memory.size() < remembered) {
                memory.add(random.nextLong());
            }
            for (int probe = 0; probe < 100; probe++) {
                tries++;
                FirstSightMemory copy = remembered <= 992 ? afterRestart(memory) : memory;
                if (!copy.add(random.nextLong())) {
                    taken++;
                }
            }
        }
        assertThat(taken / (double) tries).isLessThan(atMost);
    }

    @Test
    void forgets_everything_when_cleared() {
        var memory = new FirstSightMemory();
        memory.add(7);

        memory.clear();

        assertThat(memory.size()).isZero();
        assertThat(memory.bytes()).isEqualTo(new FirstSightMemory().bytes());
        assertThat(memory.add(7)).isTrue();
    }

    /** What is written with the state, and what apart from it, whenever that is due. */
    @Property(tries = 100, seed = "20261122")
    void what_is_written_in_part_is_what_it_would_be_without_a_restart(
            @ForAll @IntRange(min = 0, max = 600) int queries,
            @ForAll @IntRange(min = 1, max = 60) int writeEvery,
            @ForAll long seed) {
        var random = new SplittableRandom(seed);
        var undisturbed = new FirstSightMemory();
        var memory = new FirstSightMemory();
        byte[] whole = whole(memory);
        for (int i = 1; i <= queries; i++) {
            if (random.nextInt(300) == 0) {
                undisturbed.clear();
                memory.clear();
            }
            long fingerprint = random.nextInt(2 * queries);
            long mixed = fingerprint * 0x9e3779b97f4a7c15L;
            assertThat(memory.add(mixed)).isEqualTo(undisturbed.add(mixed));
            if (i % writeEvery == 0) {
                if (memory.due()) {
                    whole = whole(memory);
                    memory.kept();
                }
                assertThat(memory.bytes()).isLessThanOrEqualTo(149);
                memory = Objects.requireNonNull(
                        afterRestart(memory).completedBy(FirstSightMemory.readWhole(ByteBuffer.wrap(whole))));
            }
        }

        assertThat(whole(memory)).isEqualTo(whole(undisturbed));
    }

    private static byte[] whole(FirstSightMemory memory) {
        ByteBuffer bytes = ByteBuffer.allocate(memory.wholeBytes());
        memory.writeWhole(bytes);
        return bytes.array();
    }

    private static FirstSightMemory ofQueries(int count) {
        var memory = new FirstSightMemory();
        for (long i = 0; memory.size() < count; i++) {
            memory.add(i * 0x9e3779b97f4a7c15L);
        }
        return memory;
    }

    @Test
    void with_an_older_whole_than_it_needs_it_is_not_complete() {
        byte[] older = whole(ofQueries(150));
        FirstSightMemory memory = ofQueries(200);
        memory.kept();

        assertThat(afterRestart(memory).completedBy(FirstSightMemory.readWhole(ByteBuffer.wrap(older))))
                .isNull();
        assertThatThrownBy(() -> afterRestart(memory).add(7)).hasMessageContaining("200 queries is not complete");
    }

    /** With at-least-once, the whole can be of later than the rest: it has forgotten nothing. */
    @Test
    void with_a_newer_whole_it_is_that_one() {
        byte[] newer = whole(ofQueries(200));
        FirstSightMemory memory = ofQueries(150);
        memory.kept();

        assertThat(Objects.requireNonNull(
                                afterRestart(memory).completedBy(FirstSightMemory.readWhole(ByteBuffer.wrap(newer))))
                        .size())
                .isEqualTo(200);
    }

    @Test
    void refuses_bytes_that_do_not_go_together() {
        assertThatThrownBy(() -> FirstSightMemory.read(header(1, 0)))
                .hasMessage("first-sight memory of 1 queries in 0 pages: does not fit");
        assertThatThrownBy(() -> FirstSightMemory.read(header(-1, 1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FirstSightMemory.read(header(0, 21))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FirstSightMemory.read(apart(100, 17)))
                .hasMessage("first-sight memory of 100 queries, the last 17 beside the others: does not fit");
        assertThatThrownBy(() -> FirstSightMemory.read(apart(3, 3))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FirstSightMemory.read(apart(-1, 0))).isInstanceOf(IllegalArgumentException.class);
    }

    private static ByteBuffer apart(int size, int recents) {
        return ByteBuffer.allocate(500)
                .putInt(size)
                .put((byte) 0x80)
                .put((byte) recents)
                .rewind();
    }

    private static ByteBuffer header(int size, int pages) {
        return ByteBuffer.allocate(5).putInt(size).put((byte) pages).flip();
    }
}
