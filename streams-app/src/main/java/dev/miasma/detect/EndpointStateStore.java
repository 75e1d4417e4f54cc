// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The changelogged store of endpoint states, with a cache that writes a busy endpoint once a commit. */
public final class EndpointStateStore {
    /** Name of the store; keys are endpoints. */
    public static final String NAME = "endpoint-states";

    private EndpointStateStore() {}

    /** A builder of the store. */
    public static StoreBuilder<?> builder() {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(NAME), Serdes.String(), new EndpointStateSerde())
                .withCachingEnabled();
    }
}
