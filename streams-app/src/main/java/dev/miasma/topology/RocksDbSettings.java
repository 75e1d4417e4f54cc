// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;

/**
 * What RocksDB runs with: one bound on memory for all stores instead of some 100 MB for each, and filters that answer for
 * keys that are nowhere, which new clients are. Kafka Streams makes the instance, one a store, so the memory comes through
 * the settings.
 */
public final class RocksDbSettings implements RocksDBConfigSetter {
    static final String MEMORY = "miasma.internal.rocksdb.memory";

    /** A store's own part of what waits to be written: a hot client is in it many times and goes to disk once. */
    private static final long WRITE_BUFFER_BYTES = 16L << 20;

    private @Nullable RocksDbMemory memory;

    @Override
    public void setConfig(String store, Options options, Map<String, Object> settings) {
        if (!(settings.get(MEMORY) instanceof RocksDbMemory given)) {
            throw new IllegalStateException(MEMORY + " is missing");
        }
        memory = given;
        RocksDbMemory.Shared shared = given.join();
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(shared.blocks());
        // Outside of the cache they would be outside of the bound.
        table.setCacheIndexAndFilterBlocks(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(shared.writes());
        options.setWriteBufferSize(WRITE_BUFFER_BYTES);
        options.setOptimizeFiltersForHits(false);
    }

    @Override
    public void close(String store, Options options) {
        if (memory != null) {
            memory.leave();
            memory = null;
        }
    }
}
