// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import org.jspecify.annotations.Nullable;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * The memory outside the heap that all stores of one monitor share: blocks read, their indexes and filters, and what is
 * written and not yet on disk. It is there from the first store that opens to the last that closes. Thread-safe.
 */
final class RocksDbMemory {
    /** Part of it that may wait to be written to disk. */
    private static final double WRITE_PART = 0.5;

    private final long bytes;
    private int stores;
    private @Nullable Shared shared;

    /**
     * What RocksDB knows of it.
     *
     * @param blocks cache of blocks; what waits to be written counts in it
     * @param writes bound of what waits to be written
     */
    record Shared(LRUCache blocks, WriteBufferManager writes) {}

    /** @param bytes for everything together */
    RocksDbMemory(long bytes) {
        this.bytes = bytes;
    }

    /** For a store that opens. */
    synchronized Shared join() {
        Shared known = shared;
        if (known == null) {
            RocksDB.loadLibrary();
            LRUCache blocks = new LRUCache(bytes);
            known = new Shared(blocks, new WriteBufferManager((long) (bytes * WRITE_PART), blocks));
            shared = known;
        }
        stores++;
        return known;
    }

    /** For a store that closes; RocksDB keeps what it still needs. */
    synchronized void leave() {
        stores--;
        Shared known = shared;
        if (stores == 0 && known != null) {
            known.writes.close();
            known.blocks.close();
            shared = null;
        }
    }

    /** Bytes in use. */
    synchronized long used() {
        return shared == null ? 0 : shared.blocks.getUsage();
    }

    /** Stores that are open. */
    synchronized int stores() {
        return stores;
    }
}
