// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * A changelogged store whose hot values stay objects on the heap: serialised and logged once a commit and not once a
 * query.
 *
 * <p>It has two sides. The task's own thread goes through {@link #find}, {@link #keep}, {@link #drop} and {@link #scan},
 * and sees its own changes. Everyone else reads, from any thread, through {@link ReadOnlyKeyValueStore}: the values as
 * they were written last, each read into an object of its own, so whole and at most one commit old. Values of a
 * transaction that is then aborted can be among them until the task is gone.
 *
 * <p>Kafka Streams has no public call before a transaction ends. {@code StateStore.commit} comes after it, and with
 * exactly-once not even then while the task runs: changes written there would be logged in the next transaction, past
 * the offsets of their queries, or lost. What it does call first is {@code flushCache}, on every store that is a {@code
 * CachedStateStore}, so this is one, like the built-in cache. On the same grounds nothing is written when the store is
 * closed: a task that closes cleanly has committed before, and one that does not must not be logged.
 *
 * @param <V> values, changed in place
 */
final class WriteBehindStore<V> extends WrappedStateStore<KeyValueStore<String, V>, String, V>
        implements ReadOnlyKeyValueStore<String, V> {
    private final WriteBehindCache<V> cache;

    private final Logged<V> logged;

    /**
     * A part of each value that is written seldom, to a store of its own, and that values lack which {@link #get}, {@link
     * #range} or {@link #scan} give.
     */
    interface Apart<V> {
        /** Adds its part to a value that was read. */
        void complete(String key, V value);

        /** Writes the parts that have to be, before their values are written. */
        void writeDue(List<WriteBehindCache.Changed<V>> some);

        /** Removes the part of a value. */
        void delete(String key, V value);
    }

    private WriteBehindStore(KeyValueStore<String, V> store, ToIntFunction<V> weigher, CacheBudget budget) {
        super(store);
        logged = new Logged<>(store);
        cache = new WriteBehindCache<>(logged, weigher, budget);
    }

    private static final class Logged<V> implements WriteBehindCache.Below<V> {
        private final KeyValueStore<String, V> store;
        private @Nullable Apart<V> apart;

        Logged(KeyValueStore<String, V> store) {
            this.store = store;
        }

        @Override
        public @Nullable V read(String key) {
            V value = store.get(key);
            if (value != null && apart != null) {
                apart.complete(key, value);
            }
            return value;
        }

        @Override
        public void write(String key, V value) {
            if (apart != null) {
                apart.writeDue(List.of(new WriteBehindCache.Changed<>(key, value)));
            }
            store.put(key, value);
        }

        /** RocksDB takes a batch for a fraction of what its puts cost. */
        @Override
        public void writeAll(List<WriteBehindCache.Changed<V>> some) {
            if (apart != null) {
                apart.writeDue(some);
            }
            List<KeyValue<String, V>> batch = new ArrayList<>(some.size());
            for (WriteBehindCache.Changed<V> one : some) {
                batch.add(KeyValue.pair(one.key(), one.value()));
            }
            store.putAll(batch);
        }

        /** A put, because a delete reads the value before. */
        @Override
        @SuppressWarnings("NullAway") // Null is how Kafka Streams says nothing.
        public void delete(String key) {
            store.put(key, null);
        }
    }

    /** For the task: a part of its values is written elsewhere. Said before the first value is asked for. */
    void keepsApart(Apart<V> part) {
        logged.apart = part;
    }

    /** For the task: the value of a key, or null. It may be changed in place until the next call, and kept then. */
    @Nullable
    V find(String key) {
        return cache.find(key);
    }

    /** For the task: the value of a key where it is on the heap, or null; not to be changed. */
    @Nullable
    V peek(String key) {
        return cache.peek(key);
    }

    /** For the task: takes note of a value that is new or has changed. */
    void keep(String key, V value) {
        cache.keep(key, value);
    }

    /**
     * For the task: removes a key.
     *
     * @param value as {@link #scan} gave it
     */
    void drop(String key, V value) {
        cache.drop(key);
        if (logged.apart != null) {
            logged.apart.delete(key, value);
        }
    }

    /**
     * For the task: copies of all values from a key on, as they are now, in the order of the keys' bytes.
     *
     * @param from first key; null for all
     */
    KeyValueIterator<String, V> scan(@Nullable String from) {
        cache.writeChanged();
        return wrapped().range(from, null);
    }

    /** Values on the heap. */
    int cached() {
        return cache.size();
    }

    /** Called before the task's transaction ends. */
    @Override
    public void flushCache() {
        cache.writeChanged();
    }

    /** Called when the task becomes a standby copy, whose values change below. */
    @Override
    public void clearCache() {
        cache.clear();
    }

    @Override
    public void close() {
        cache.clear();
        super.close();
    }

    @Override
    public @Nullable V get(String key) {
        return wrapped().get(key);
    }

    @Override
    public KeyValueIterator<String, V> range(@Nullable String from, @Nullable String to) {
        return wrapped().range(from, to);
    }

    @Override
    public KeyValueIterator<String, V> reverseRange(@Nullable String from, @Nullable String to) {
        return wrapped().reverseRange(from, to);
    }

    @Override
    public KeyValueIterator<String, V> all() {
        return wrapped().all();
    }

    @Override
    public KeyValueIterator<String, V> reverseAll() {
        return wrapped().reverseAll();
    }

    @Override
    public <P extends Serializer<Q>, Q> KeyValueIterator<String, V> prefixScan(Q prefix, P serializer) {
        return wrapped().prefixScan(prefix, serializer);
    }

    @Override
    public long approximateNumEntries() {
        return wrapped().approximateNumEntries();
    }

    /** Builds the stores of all tasks, which share one budget. */
    static final class Builder<V> implements StoreBuilder<WriteBehindStore<V>> {
        private final StoreBuilder<KeyValueStore<String, V>> logged;
        private final ToIntFunction<V> weigher;
        private final CacheBudget budget;

        /**
         * @param name of the store
         * @param serde of the values
         * @param weigher bytes of heap that a value takes, with its key and the cache's own
         * @param budget for these bytes
         */
        Builder(String name, Serde<V> serde, ToIntFunction<V> weigher, CacheBudget budget) {
            logged = Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), serde)
                    .withCachingDisabled();
            this.weigher = weigher;
            this.budget = budget;
        }

        @Override
        public WriteBehindStore<V> build() {
            return new WriteBehindStore<>(logged.build(), weigher, budget);
        }

        /** It has its own cache. */
        @Override
        public Builder<V> withCachingEnabled() {
            return this;
        }

        @Override
        public Builder<V> withCachingDisabled() {
            return this;
        }

        @Override
        public Builder<V> withLoggingEnabled(Map<String, String> config) {
            logged.withLoggingEnabled(config);
            return this;
        }

        @Override
        public Builder<V> withLoggingDisabled() {
            logged.withLoggingDisabled();
            return this;
        }

        @Override
        public Map<String, String> logConfig() {
            return logged.logConfig();
        }

        @Override
        public boolean loggingEnabled() {
            return logged.loggingEnabled();
        }

        @Override
        public String name() {
            return logged.name();
        }
    }
}
