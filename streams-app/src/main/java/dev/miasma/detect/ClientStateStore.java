// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import org.apache.kafka.streams.state.StoreBuilder;

/** The changelogged stores of states; a hot client is an object on the heap and written once a commit. */
public final class ClientStateStore {
    /** Name of the store of client states. */
    public static final String CLIENTS = "client-states";

    /** Name of the store of cohort states. */
    public static final String COHORTS = "cohort-states";

    private ClientStateStore() {}

    /**
     * A builder of the store of a level.
     *
     * @param budget heap for states of all tasks
     */
    public static StoreBuilder<?> builder(Level level, CacheBudget budget) {
        return new WriteBehindStore.Builder<>(nameOf(level), new ClientStateSerde(), ClientState::heapBytes, budget);
    }

    static String nameOf(Level level) {
        return level == Level.COHORT ? COHORTS : CLIENTS;
    }
}
