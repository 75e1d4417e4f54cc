// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * Stores nothing: it is told when a transaction is about to end, as only stores with a cache are, so that what a stage has
 * gathered is sent in the transaction of the records it was made of.
 */
final class BatchStore extends WrappedStateStore<KeyValueStore<String, byte[]>, String, byte[]> {
    static final String NAME = "batches";

    private @Nullable Runnable beforeCommit;

    private BatchStore(KeyValueStore<String, byte[]> empty) {
        super(empty);
    }

    /** What to do before each end of a transaction, from now on. */
    void beforeCommit(Runnable action) {
        beforeCommit = action;
    }

    @Override
    public void flushCache() {
        if (beforeCommit != null) {
            beforeCommit.run();
        }
    }

    @Override
    public void close() {
        beforeCommit = null;
        super.close();
    }

    /** Builds the stores of all tasks. */
    static final class Builder implements StoreBuilder<BatchStore> {
        private final StoreBuilder<KeyValueStore<String, byte[]>> empty = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(NAME), Serdes.String(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingDisabled();

        @Override
        public BatchStore build() {
            return new BatchStore(empty.build());
        }

        @Override
        public Builder withCachingEnabled() {
            return this;
        }

        @Override
        public Builder withCachingDisabled() {
            return this;
        }

        @Override
        public Builder withLoggingEnabled(Map<String, String> config) {
            throw new UnsupportedOperationException("there is nothing to log");
        }

        @Override
        public Builder withLoggingDisabled() {
            return this;
        }

        @Override
        public Map<String, String> logConfig() {
            return Map.of();
        }

        @Override
        public boolean loggingEnabled() {
            return false;
        }

        @Override
        public String name() {
            return NAME;
        }
    }
}
