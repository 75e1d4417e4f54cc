// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.score.ScoredQuery;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The blocks of a task that are not over yet, in a changelogged store, so that a crash loses none. A block goes out when
 * a query of a later second, or of another attack model, comes for its endpoint and version, or when none came for a
 * while of the wall clock. Queries of an earlier second go into the present block.
 */
public final class LeakBlockStore {
    /** Name of the store; keys are endpoint, NUL, version. */
    public static final String NAME = "leak-blocks";

    /** How often {@link #sendQuiet} is to be called. */
    static final Duration INTERVAL = Duration.ofSeconds(1);

    /** An event of a clock that is ahead must not hold its block open for as long as that clock is. */
    private static final int LONGEST_INTERVALS = 10;

    private final KeyValueStore<String, LeakBlock> blocks;
    private final Consumer<LeakBlock> out;
    private final Map<String, Open> open = new HashMap<>();

    /** What the wall clock has seen of a block. */
    private static final class Open {
        boolean touched;
        int intervals;
    }

    /**
     * @param blocks the store, with what the changelog brought back
     * @param out takes the blocks that are over
     */
    LeakBlockStore(KeyValueStore<String, LeakBlock> blocks, Consumer<LeakBlock> out) {
        this.blocks = blocks;
        this.out = out;
        try (KeyValueIterator<String, LeakBlock> all = blocks.all()) {
            while (all.hasNext()) {
                open.put(all.next().key, new Open());
            }
        }
    }

    /** A builder of the store; its cache writes a block once a commit. */
    public static StoreBuilder<?> builder() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(NAME), Serdes.String(), new LeakBlockSerde())
                .withCachingEnabled();
    }

    /**
     * Counts a query.
     *
     * @param firstSight whether it was new to its client
     * @param newClient whether its client was new
     */
    void add(ScoredQuery query, boolean firstSight, boolean newClient) {
        String key = query.endpoint() + '\u0000' + query.version();
        LeakBlock block = blocks.get(key);
        if (block != null && block.endsBefore(query)) {
            out.accept(block);
            open.remove(key);
            block = null;
        }
        LeakBlock next = block == null ? LeakBlock.startedBy(query) : block;
        blocks.put(key, next.with(query, firstSight, newClient));
        open.computeIfAbsent(key, ignored -> new Open()).touched = true;
    }

    /** Sends the blocks that no query came for since the call before, and those that have been open for long. */
    void sendQuiet() {
        Iterator<Map.Entry<String, Open>> entries = open.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, Open> entry = entries.next();
            Open seen = entry.getValue();
            if (seen.touched && ++seen.intervals < LONGEST_INTERVALS) {
                seen.touched = false;
                continue;
            }
            out.accept(Objects.requireNonNull(blocks.delete(entry.getKey())));
            entries.remove();
        }
    }
}
