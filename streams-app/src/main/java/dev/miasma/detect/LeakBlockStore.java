// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.score.ScoredQuery;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.StoreBuilder;

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

    /** More open blocks than this heap holds would be of invented endpoints. */
    private static final long CACHE_BYTES = 4L << 20;

    private static final int HEAP_BYTES = 700;

    private final WriteBehindStore<OpenLeakBlock> blocks;
    private final Consumer<LeakBlock> out;
    private final Map<String, Open> open = new HashMap<>();
    private String lastEndpoint = "";
    private String lastVersion = "";
    private String lastKey = "\u0000";

    /** What the wall clock has seen of a block. */
    private static final class Open {
        boolean touched;
        int intervals;
    }

    /**
     * @param blocks the store, with what the changelog brought back
     * @param out takes the blocks that are over
     */
    LeakBlockStore(WriteBehindStore<OpenLeakBlock> blocks, Consumer<LeakBlock> out) {
        this.blocks = blocks;
        this.out = out;
        try (KeyValueIterator<String, OpenLeakBlock> all = blocks.scan(null)) {
            while (all.hasNext()) {
                open.put(all.next().key, new Open());
            }
        }
    }

    /** A builder of the store; a block is written once a commit. */
    public static StoreBuilder<?> builder() {
        return new WriteBehindStore.Builder<>(NAME, serde(), block -> HEAP_BYTES, new CacheBudget(CACHE_BYTES));
    }

    private static Serde<OpenLeakBlock> serde() {
        return Serdes.serdeFrom(
                (topic, block) -> block == null ? null : LeakBlockSerde.write(block.soFar()),
                (topic, bytes) -> bytes == null ? null : OpenLeakBlock.of(LeakBlockSerde.read(bytes)));
    }

    /**
     * Counts a query.
     *
     * @param firstSight whether it was new to its client
     * @param newClient whether its client was new
     */
    void add(ScoredQuery query, boolean firstSight, boolean newClient) {
        String key = key(query);
        OpenLeakBlock block = blocks.find(key);
        if (block != null && block.endsBefore(query)) {
            out.accept(block.soFar());
            open.remove(key);
            block = null;
        }
        if (block == null) {
            block = OpenLeakBlock.startedBy(query);
        }
        block.add(query, firstSight, newClient);
        blocks.keep(key, block);
        open.computeIfAbsent(key, ignored -> new Open()).touched = true;
    }

    /** Mostly the one of the query before. */
    private String key(ScoredQuery query) {
        if (!query.endpoint().equals(lastEndpoint) || !query.version().equals(lastVersion)) {
            lastEndpoint = query.endpoint();
            lastVersion = query.version();
            lastKey = lastEndpoint + '\u0000' + lastVersion;
        }
        return lastKey;
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
            OpenLeakBlock last = Objects.requireNonNull(blocks.find(entry.getKey()));
            LeakBlock over = last.soFar();
            blocks.drop(entry.getKey(), last);
            out.accept(over);
            entries.remove();
        }
    }
}
