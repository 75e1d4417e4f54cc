// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.detect.WriteBehindCache.Changed;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The changelogged store of what subjects have asked. A state changes with every query and its memory is most of its
 * bytes, so each commit would write all of them anew for a few that came; here they are written every 16 queries or so.
 */
public final class ClientMemoryStore implements WriteBehindStore.Apart<ClientState> {
    /** Name of the store of what clients have asked. */
    public static final String CLIENTS = "client-memories";

    /** Name of the store of what cohorts have asked. */
    public static final String COHORTS = "cohort-memories";

    private final KeyValueStore<String, ClientMemory> memories;

    /** @param memories of a task */
    ClientMemoryStore(KeyValueStore<String, ClientMemory> memories) {
        this.memories = memories;
    }

    /** A builder of the store of a level. */
    public static StoreBuilder<?> builder(Level level) {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(nameOf(level)), Serdes.String(), new ClientMemorySerde())
                .withCachingDisabled();
    }

    static String nameOf(Level level) {
        return level == Level.COHORT ? COHORTS : CLIENTS;
    }

    @Override
    public void complete(String key, ClientState state) {
        if (state.memory.apart() || state.ring.apart()) {
            state.complete(memories.get(key));
        }
    }

    @Override
    @SuppressWarnings("NullAway") // Null is how Kafka Streams says nothing.
    public void writeDue(List<Changed<ClientState>> states) {
        List<KeyValue<String, ClientMemory>> due = new ArrayList<>();
        for (Changed<ClientState> one : states) {
            ClientState state = one.value();
            if (state.memory.due() || state.ring.due()) {
                due.add(KeyValue.pair(one.key(), new ClientMemory(state.memory, state.ring)));
                state.kept = true;
            } else if (state.kept && !state.memory.apart() && !state.ring.apart()) {
                due.add(KeyValue.pair(one.key(), null));
                state.kept = false;
            }
        }
        if (due.isEmpty()) {
            return;
        }
        memories.putAll(due);
        for (KeyValue<String, ClientMemory> one : due) {
            if (one.value != null) {
                one.value.memory().kept();
                one.value.ring().kept();
            }
        }
    }

    /** A put, because a delete reads the value before. */
    @Override
    @SuppressWarnings("NullAway") // Null is how Kafka Streams says nothing.
    public void delete(String key, ClientState state) {
        if (state.kept) {
            memories.put(key, null);
        }
    }
}
