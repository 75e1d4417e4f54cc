// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.detect.SubjectsStore;
import dev.miasma.serve.ProblemException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/** Interactive queries of the states that this instance holds, refused while they are being moved or restored. */
final class LocalStates {
    private final Supplier<KafkaStreams.State> state;
    private final SubjectsStore.Stores stores;

    /**
     * @param state of Kafka Streams
     * @param stores as Kafka Streams gives them
     */
    LocalStates(Supplier<KafkaStreams.State> state, SubjectsStore.Stores stores) {
        this.state = state;
        this.stores = stores;
    }

    /** A store that is not on this instance, which has other tasks. */
    private static final class NotHere extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotHere(InvalidStateStoreException cause) {
            super(cause);
        }
    }

    /**
     * Asks something of the stores.
     *
     * @param question given a way to get at them
     * @param nothing the answer where this instance has no such store
     * @throws ProblemException where the states are being moved or restored
     */
    <A> A ask(Function<SubjectsStore.Stores, A> question, A nothing) {
        requireRunning();
        try {
            return question.apply(this::store);
        } catch (NotHere e) {
            requireRunning();
            return nothing;
        } catch (InvalidStateStoreException e) {
            throw ProblemException.unavailable("the states are just being moved to another instance");
        }
    }

    private <T> T store(StoreQueryParameters<T> parameters) {
        try {
            return stores.get(parameters);
        } catch (InvalidStateStoreException e) {
            throw new NotHere(e);
        }
    }

    /** Whether a partition of a store is on this instance. */
    <T> boolean has(StoreQueryParameters<T> ofPartition) {
        try {
            return stores.get(ofPartition) != null;
        } catch (InvalidStateStoreException e) {
            return false;
        }
    }

    void requireRunning() {
        KafkaStreams.State now = state.get();
        if (now != KafkaStreams.State.RUNNING) {
            throw ProblemException.unavailable("the stream is " + now
                    + (now == KafkaStreams.State.REBALANCING ? ": states are being moved or restored" : ""));
        }
    }
}
