// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miasma.detect.SubjectsStore;
import dev.miasma.serve.ProblemException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LocalStatesTest {
    private static final SubjectsStore.Stores NO_STORES = new SubjectsStore.Stores() {
        @Override
        public <T> T get(StoreQueryParameters<T> parameters) {
            throw new InvalidStateStoreException("the store may have migrated");
        }
    };

    private static Object open(SubjectsStore.Stores stores) {
        return stores.get(StoreQueryParameters.fromNameAndType("some", QueryableStoreTypes.keyValueStore()));
    }

    @ParameterizedTest
    @EnumSource(value = KafkaStreams.State.class, mode = EnumSource.Mode.EXCLUDE, names = "RUNNING")
    void nothing_is_told_unless_the_stream_runs(KafkaStreams.State state) {
        LocalStates states = new LocalStates(() -> state, NO_STORES);

        assertThatThrownBy(() -> states.ask(stores -> "something", "nothing"))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("the stream is " + state);
    }

    @Test
    void an_instance_without_such_a_store_has_nothing_of_it() {
        LocalStates states = new LocalStates(() -> KafkaStreams.State.RUNNING, NO_STORES);

        assertThat(states.ask(LocalStatesTest::open, "nothing")).isEqualTo("nothing");
    }

    @Test
    void a_store_that_moves_away_under_the_question_is_told() {
        LocalStates states = new LocalStates(() -> KafkaStreams.State.RUNNING, NO_STORES);

        assertThatThrownBy(() -> states.ask(
                        stores -> {
                            throw new InvalidStateStoreException("closed");
                        },
                        "nothing"))
                .isInstanceOf(ProblemException.class)
                .hasMessage("the states are just being moved to another instance");
    }
}
