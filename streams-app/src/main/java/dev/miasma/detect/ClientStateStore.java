// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The changelogged stores of states, with a cache that writes a hot client once a commit. */
public final class ClientStateStore {
    /** Name of the store of client states. */
    public static final String CLIENTS = "client-states";

    /** Name of the store of cohort states. */
    public static final String COHORTS = "cohort-states";

    private ClientStateStore() {}

    /** A builder of the store of a level. */
    public static StoreBuilder<?> builder(Level level) {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(nameOf(level)), Serdes.String(), new ClientStateSerde())
                .withCachingEnabled();
    }

    static String nameOf(Level level) {
        return level == Level.COHORT ? COHORTS : CLIENTS;
    }
}
