// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The changelogged store of client states, with a cache that writes a hot client once a commit. */
public final class ClientStateStore {
    private ClientStateStore() {}

    /** A builder of the store. */
    public static StoreBuilder<?> builder() {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(DetectProcessor.STORE), Serdes.String(), new ClientStateSerde())
                .withCachingEnabled();
    }
}
