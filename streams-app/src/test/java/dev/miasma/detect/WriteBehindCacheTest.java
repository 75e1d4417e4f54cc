// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WriteBehindCacheTest {
    static final int BYTES = 100;

    /** A mutable object. */
    static final class Count {
        int value;

        Count(int value) {
            this.value = value;
        }
    }

    /** A store that keeps copies, as bytes would be, and can lose what was not committed. */
    static final class Written implements WriteBehindCache.Below<Count> {
        final Map<String, Integer> values = new TreeMap<>();
        private final List<String> writes = new ArrayList<>();
        private boolean broken;

        @Override
        public @Nullable Count read(String key) {
            Integer value = values.get(key);
            return value == null ? null : new Count(value);
        }

        @Override
        public void write(String key, Count count) {
            if (broken) {
                throw new IllegalStateException("broken");
            }
            writes.add(key);
            values.put(key, count.value);
        }

        @Override
        public void writeAll(List<WriteBehindCache.Changed<Count>> some) {
            some.forEach(one -> write(one.key(), one.value()));
        }

        @Override
        public void delete(String key) {
            values.remove(key);
        }
    }

    private final Written below = new Written();

    private WriteBehindCache<Count> cache(int counts) {
        return new WriteBehindCache<>(below, count -> BYTES, new CacheBudget((long) counts * BYTES));
    }

    static void change(WriteBehindCache<Count> cache, String key) {
        Count known = cache.find(key);
        Count count = known == null ? new Count(0) : known;
        count.value++;
        cache.keep(key, count);
    }

    @Test
    void a_hot_object_is_written_once_a_commit_however_often_it_changes() {
        WriteBehindCache<Count> cache = cache(3);
        for (int i = 0; i < 1000; i++) {
            change(cache, "hot");
        }

        cache.writeChanged();
        cache.writeChanged();

        assertThat(below.writes).containsExactly("hot");
        assertThat(below.values).containsExactly(Map.entry("hot", 1000));
    }

    @Test
    void what_changed_first_is_written_when_too_much_waits_for_the_commit() {
        int most = 2 * WriteBehindCache.BATCH;
        var cache = new WriteBehindCache<Count>(below, count -> BYTES, new CacheBudget(1L << 40), most);
        IntStream.range(0, most).forEach(i -> change(cache, "key" + i));
        change(cache, "key0");
        assertThat(below.writes).isEmpty();

        change(cache, "one more");

        List<String> first = IntStream.range(0, WriteBehindCache.BATCH)
                .mapToObj(i -> "key" + i)
                .toList();
        assertThat(below.writes).containsExactlyElementsOf(first);
        assertThat(below.values).containsEntry("key0", 2);
        assertThat(cache.size()).as("they stay on the heap").isEqualTo(most + 1);

        cache.writeChanged();
        assertThat(below.writes).hasSize(most + 1).doesNotHaveDuplicates();
    }

    @Test
    void what_came_first_is_written_and_goes_unless_it_was_used_since() {
        WriteBehindCache<Count> cache = cache(2);
        change(cache, "a");
        change(cache, "b");
        cache.find("a");

        change(cache, "c");

        assertThat(below.writes).containsExactly("b");
        assertThat(cache.size()).isEqualTo(2);
        assertThat(Objects.requireNonNull(cache.find("b")).value).isEqualTo(1);
    }

    @Test
    void a_look_gives_only_what_is_on_the_heap_and_is_no_use_of_it() {
        WriteBehindCache<Count> cache = cache(2);
        below.values.put("below", 7);
        change(cache, "a");
        change(cache, "b");

        assertThat(cache.peek("below")).isNull();
        assertThat(Objects.requireNonNull(cache.peek("a")).value).isEqualTo(1);
        assertThat(cache.size()).isEqualTo(2);

        change(cache, "c");
        assertThat(below.writes).as("a came first, and a look did not save it").containsExactly("a");
    }

    @Test
    void a_second_chance_is_one_chance() {
        WriteBehindCache<Count> cache = cache(2);
        change(cache, "a");
        change(cache, "b");
        cache.find("a");
        change(cache, "c");

        change(cache, "d");
        change(cache, "e");

        assertThat(below.writes).containsExactly("b", "c", "a");
    }

    @Test
    void where_all_were_used_one_goes_all_the_same() {
        WriteBehindCache<Count> cache = cache(100);
        for (int i = 0; i < 100; i++) {
            change(cache, "key" + i);
        }
        for (int i = 0; i < 100; i++) {
            cache.find("key" + i);
        }

        change(cache, "one more");

        assertThat(cache.size()).isEqualTo(100);
        assertThat(below.writes).hasSize(1);
    }

    @Test
    void what_has_not_changed_goes_without_a_write() {
        WriteBehindCache<Count> cache = cache(1);
        change(cache, "a");
        cache.writeChanged();
        below.writes.clear();

        cache.find("a");
        change(cache, "b");

        assertThat(below.writes).isEmpty();
    }

    @Test
    void an_object_that_cannot_be_written_stays() {
        WriteBehindCache<Count> cache = cache(1);
        change(cache, "a");
        below.broken = true;

        assertThatThrownBy(() -> change(cache, "b")).hasMessage("broken");
        assertThatThrownBy(cache::writeChanged).hasMessage("broken");

        below.broken = false;
        cache.writeChanged();
        assertThat(below.values).containsOnlyKeys("a", "b");
    }

    @Test
    void more_changes_than_a_batch_are_all_written_in_the_order_of_the_first_ones() {
        WriteBehindCache<Count> cache = cache(2000);
        List<String> keys = IntStream.range(0, 1234).mapToObj(i -> "key-" + i).toList();
        keys.forEach(key -> change(cache, key));
        keys.reversed().forEach(key -> change(cache, key));

        cache.writeChanged();

        assertThat(below.writes).isEqualTo(keys);
        assertThat(below.values).hasSize(1234).containsValues(2).doesNotContainValue(1);
    }

    @Test
    void without_room_every_change_is_written_at_once() {
        WriteBehindCache<Count> cache = cache(0);

        change(cache, "a");
        change(cache, "a");

        assertThat(below.writes).containsExactly("a", "a");
        assertThat(below.values).containsExactly(Map.entry("a", 2));
        assertThat(cache.size()).isZero();
    }

    @Test
    void stores_share_a_budget_from_their_first_object_on() {
        var budget = new CacheBudget(4 * BYTES);
        var first = new WriteBehindCache<Count>(below, count -> BYTES, budget);
        var second = new WriteBehindCache<Count>(below, count -> BYTES, budget);
        for (int i = 0; i < 10; i++) {
            change(first, "first-" + i);
        }
        int alone = first.size();

        for (int i = 0; i < 10; i++) {
            change(second, "second-" + i);
        }
        first.writeChanged();
        int together = first.size();
        second.clear();
        for (int i = 0; i < 10; i++) {
            change(first, "first-" + i);
        }

        assertThat(alone).isEqualTo(4);
        assertThat(together).isEqualTo(2);
        assertThat(first.size()).isEqualTo(4);
    }

    @Test
    void the_weight_of_states_is_about_the_heap_they_take() {
        var settings = Watch.settings();
        var cache = new WriteBehindCache<ClientState>(new Nothing(), ClientState::heapBytes, new CacheBudget(1L << 40));
        long before = usedHeap();
        for (int client = 0; client < 20_000; client++) {
            Watch watch = new Watch(settings);
            for (int query = 0; query <= client % 40; query++) {
                watch.query(Watch.START + query, 0.9);
            }
            cache.keep("0123456789abcdef01234567\0fraud-" + client, watch.state);
        }

        double heap = usedHeap() - before;

        assertThat(cache.bytes() / heap).isBetween(0.8, 1.4);
        assertThat(cache.size()).isEqualTo(20_000);
    }

    private static final class Nothing implements WriteBehindCache.Below<ClientState> {
        @Override
        public @Nullable ClientState read(String key) {
            return null;
        }

        @Override
        public void write(String key, ClientState state) {}

        @Override
        public void writeAll(List<WriteBehindCache.Changed<ClientState>> some) {}

        @Override
        public void delete(String key) {}
    }

    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
