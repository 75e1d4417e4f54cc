// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The store within a task of Kafka Streams; every record is a transaction of its own here. */
class WriteBehindStoreTest {
    private static final String NAME = ClientStateStore.CLIENTS;

    private @Nullable Step step;
    private @Nullable WriteBehindStore<ClientState> store;
    private final TopologyTestDriver driver = start(1 << 20);

    private interface Step {
        void with(WriteBehindStore<ClientState> states);
    }

    private TopologyTestDriver start(long bytes) {
        Topology topology = new Topology()
                .addSource("source", new StringDeserializer(), new StringDeserializer(), "input")
                .addProcessor("step", Stepping::new, "source")
                .addStateStore(ClientStateStore.builder(Level.CLIENT, new CacheBudget(bytes)), "step")
                .addStateStore(ClientMemoryStore.builder(Level.CLIENT), "step");
        Properties properties = new Properties();
        properties.put("application.id", "test");
        return new TopologyTestDriver(topology, properties);
    }

    private final class Stepping extends ContextualProcessor<String, String, Void, Void> {
        @Override
        public void init(ProcessorContext<Void, Void> context) {
            super.init(context);
            store = context.getStateStore(NAME);
        }

        @Override
        public void process(Record<String, String> record) {
            Objects.requireNonNull(step).with(store());
        }
    }

    @AfterEach
    void close() {
        if (store().isOpen()) {
            driver.close();
        }
    }

    private WriteBehindStore<ClientState> store() {
        return Objects.requireNonNull(store);
    }

    /** What a task does in one transaction. */
    private void inTransaction(Step next) {
        step = next;
        driver.createInputTopic("input", new StringSerializer(), new StringSerializer())
                .pipeInput("k", "v", 1_000);
    }

    private static void query(WriteBehindStore<ClientState> states, String key) {
        ClientState known = states.find(key);
        ClientState state = known == null ? ClientState.firstSeen(0) : known;
        state.tally.queries++;
        states.keep(key, state);
    }

    private List<KeyValue<String, byte[]>> changelog() {
        return driver.createOutputTopic(
                        "test-" + NAME + "-changelog", new StringDeserializer(), new ByteArrayDeserializer())
                .readKeyValuesToList();
    }

    private static long queries(@Nullable ClientState state) {
        return Objects.requireNonNull(state).tally.queries;
    }

    @Test
    void a_transaction_logs_each_state_that_changed_once_and_before_it_ends() {
        inTransaction(states -> {
            for (int i = 0; i < 100; i++) {
                query(states, "hot");
                query(states, "warm");
            }
        });

        List<KeyValue<String, byte[]>> logged = changelog();
        assertThat(logged).extracting(entry -> entry.key).containsExactly("hot", "warm");
        assertThat(logged)
                .allSatisfy(entry ->
                        assertThat(queries(ClientStateSerde.read(entry.value))).isEqualTo(100));
        inTransaction(states -> query(states, "warm"));
        assertThat(changelog()).extracting(entry -> entry.key).containsExactly("warm");
        inTransaction(states -> states.find("hot"));
        assertThat(changelog()).isEmpty();
    }

    /** With exactly-once a commit of the store comes after the transaction has ended, if it comes at all. */
    @Test
    void it_writes_when_the_cache_is_flushed_and_not_when_the_store_is_committed() {
        inTransaction(states -> {
            query(states, "a");
            states.commit(Map.of());
            assertThat(states.get("a")).isNull();
            states.flushCache();
            assertThat(queries(states.get("a"))).isEqualTo(1);
        });
    }

    @Test
    void a_removed_state_leaves_store_and_changelog() {
        inTransaction(states -> query(states, "a"));
        inTransaction(states -> {
            query(states, "a");
            states.drop("a", Objects.requireNonNull(states.find("a")));
        });

        List<KeyValue<String, byte[]>> logged = changelog();
        assertThat(logged).last().isEqualTo(new KeyValue<String, byte[]>("a", null));
        assertThat(store().get("a")).isNull();
        inTransaction(states -> assertThat(states.find("a")).isNull());
    }

    @Test
    void other_threads_see_what_was_written_last_and_never_the_object_at_work() {
        inTransaction(states -> query(states, "a"));
        List<ClientState> seen = new ArrayList<>();
        inTransaction(states -> {
            query(states, "a");
            query(states, "new");
            seen.add(CompletableFuture.supplyAsync(() -> Objects.requireNonNull(states.get("a")))
                    .join());
            assertThat(seen.getFirst()).isNotSameAs(states.find("a"));
            assertThat(states.get("new")).isNull();
        });

        assertThat(seen).extracting(state -> queries(state)).containsExactly(1L);
        assertThat(queries(store().get("a"))).isEqualTo(2);
        assertThat(queries(store().get("new"))).isEqualTo(1);
    }

    @Test
    void it_can_be_read_as_a_key_value_store_by_interactive_queries() {
        inTransaction(states -> {
            query(states, "client\0a");
            query(states, "client\0b");
            query(states, "other\0a");
        });

        assertThat(QueryableStoreTypes.<String, ClientState>keyValueStore().accepts(store()))
                .isTrue();
        ReadOnlyKeyValueStore<String, ClientState> read = store();
        assertThat(keys(read.all())).containsExactly("client\0a", "client\0b", "other\0a");
        assertThat(keys(read.prefixScan("client\0", new StringSerializer()))).containsExactly("client\0a", "client\0b");
        assertThat(read.approximateNumEntries()).isEqualTo(3);
    }

    @Test
    void a_scan_by_the_task_sees_its_changes() {
        inTransaction(states -> {
            query(states, "b");
            query(states, "a");
            query(states, "c");
            assertThat(keys(states.scan("b"))).containsExactly("b", "c");
        });
    }

    @Test
    void a_copy_whose_store_changes_below_forgets_its_objects() {
        inTransaction(states -> query(states, "a"));
        ClientState restored = ClientState.firstSeen(0);
        restored.tally.queries = 7;

        store().clearCache();
        inTransaction(states -> states.wrapped().put("a", restored));

        inTransaction(states -> assertThat(queries(states.find("a"))).isEqualTo(7));
    }

    @Test
    void a_closed_store_keeps_nothing_on_the_heap() {
        inTransaction(states -> query(states, "a"));
        WriteBehindStore<ClientState> closed = store();

        driver.close();

        assertThat(closed.isOpen()).isFalse();
        assertThat(closed.cached()).isZero();
    }

    private static List<String> keys(KeyValueIterator<String, ClientState> some) {
        List<String> keys = new ArrayList<>();
        try (some) {
            some.forEachRemaining(entry -> keys.add(entry.key));
        }
        return keys;
    }
}
