// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** States in one store and what they have asked in another; every record is a transaction of its own here. */
class ClientMemoryStoreTest {
    private static final String LOG = "test-" + ClientMemoryStore.CLIENTS + "-changelog";
    private static final String STATES_LOG = "test-" + ClientStateStore.CLIENTS + "-changelog";

    /** A task with both stores. */
    private static final class Task implements AutoCloseable {
        private @Nullable Runnable step;
        private @Nullable WriteBehindStore<ClientState> store;
        private final TopologyTestDriver driver;

        /** @param bytes of the cache */
        Task(long bytes) {
            Topology topology = new Topology()
                    .addSource("source", new StringDeserializer(), new StringDeserializer(), "input")
                    .addProcessor("step", Stepping::new, "source")
                    .addStateStore(ClientStateStore.builder(Level.CLIENT, new CacheBudget(bytes)), "step")
                    .addStateStore(ClientMemoryStore.builder(Level.CLIENT), "step");
            Properties properties = new Properties();
            properties.put("application.id", "test");
            driver = new TopologyTestDriver(topology, properties);
        }

        private final class Stepping extends ContextualProcessor<String, String, Void, Void> {
            @Override
            public void init(ProcessorContext<Void, Void> context) {
                super.init(context);
                WriteBehindStore<ClientState> states = context.getStateStore(ClientStateStore.CLIENTS);
                states.keepsApart(new ClientMemoryStore(context.getStateStore(ClientMemoryStore.CLIENTS)));
                store = states;
            }

            @Override
            public void process(Record<String, String> record) {
                Objects.requireNonNull(step).run();
            }
        }

        WriteBehindStore<ClientState> store() {
            return Objects.requireNonNull(store);
        }

        void inTransaction(Runnable next) {
            step = next;
            driver.createInputTopic("input", new StringSerializer(), new StringSerializer())
                    .pipeInput("k", "v", 1_000);
        }

        void query(String key, long query) {
            ClientState known = store().find(key);
            ClientState state = known == null ? ClientState.firstSeen(0) : known;
            ask(state, query);
            store().keep(key, state);
        }

        void drop(String key) {
            try (KeyValueIterator<String, ClientState> all = store().scan(key)) {
                KeyValue<String, ClientState> first = all.next();
                assertThat(first.key).isEqualTo(key);
                store().drop(key, first.value);
            }
        }

        List<KeyValue<String, byte[]>> logged(String topic) {
            return driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer())
                    .readKeyValuesToList();
        }

        @Override
        public void close() {
            driver.close();
        }
    }

    private static void ask(ClientState state, long query) {
        state.tally.queries++;
        if (state.memory.add(query * 0x9e3779b97f4a7c15L) && state.memory.size() >= Sight.RING_FROM) {
            state.ring.add(new long[] {query, ~query, query * 3, 1}, (float) query);
        }
    }

    private static List<Float> confidences(LocalityRing ring) {
        List<Float> all = new ArrayList<>();
        for (int age = 1; age <= ring.size(); age++) {
            all.add(ring.confidence(ring.entryOf(age)));
        }
        return all;
    }

    private static byte[] bytes(FirstSightMemory memory) {
        ByteBuffer bytes = ByteBuffer.allocate(memory.wholeBytes());
        memory.writeWhole(bytes);
        return bytes.array();
    }

    /** Where a client's states go through both stores again and again, it is as if it had stayed on the heap. */
    @Property(tries = 60, seed = "20261122")
    void a_client_that_comes_and_goes_is_what_it_would_be_without(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 50) int most, @ForAll boolean roomy) {
        var random = new SplittableRandom(seed);
        Map<String, ClientState> expected = new HashMap<>();
        try (Task task = new Task(roomy ? 1 << 20 : 1)) {
            for (int transaction = 0; transaction < 40; transaction++) {
                task.inTransaction(() -> {
                    for (int i = 0; i < most; i++) {
                        String key = "client-" + random.nextInt(3);
                        long query = random.nextInt(1000);
                        task.query(key, query);
                        ask(expected.computeIfAbsent(key, ignored -> ClientState.firstSeen(0)), query);
                    }
                    if (random.nextInt(30) == 0 && !expected.isEmpty()) {
                        String key = expected.keySet().iterator().next();
                        task.drop(key);
                        expected.remove(key);
                    }
                    if (random.nextInt(20) == 0 && !expected.isEmpty()) {
                        String key = expected.keySet().iterator().next();
                        ClientState state = Objects.requireNonNull(task.store().find(key));
                        state.startAnew();
                        task.store().keep(key, state);
                        Objects.requireNonNull(expected.get(key)).startAnew();
                    }
                });
                if (random.nextBoolean()) {
                    task.store().clearCache();
                }
            }

            task.inTransaction(() -> expected.forEach((key, state) -> {
                ClientState found = Objects.requireNonNull(task.store().find(key));
                assertThat(found.tally.queries).isEqualTo(state.tally.queries);
                assertThat(bytes(found.memory)).isEqualTo(bytes(state.memory));
                assertThat(confidences(found.ring)).isEqualTo(confidences(state.ring));
            }));
        }
    }

    @Test
    void a_commit_writes_little_of_a_client_that_has_asked_much() {
        try (Task task = new Task(1 << 20)) {
            task.inTransaction(() -> {
                for (int query = 0; query < 1000; query++) {
                    task.query("busy", query);
                }
            });
            assertThat(task.logged(LOG))
                    .singleElement()
                    .satisfies(whole -> assertThat(whole.value).hasSizeGreaterThan(3000));
            task.logged(STATES_LOG);

            for (int query = 1000; query < 1160; query++) {
                int next = query;
                task.inTransaction(() -> task.query("busy", next));
            }

            assertThat(task.logged(STATES_LOG))
                    .hasSize(160)
                    .allSatisfy(state -> assertThat(state.value).hasSizeLessThan(100 + 16 * (8 + 36)));
            assertThat(task.logged(LOG)).hasSizeBetween(8, 10);
        }
    }

    @Test
    void a_client_that_has_asked_little_has_no_record_of_its_own() {
        try (Task task = new Task(1 << 20)) {
            task.inTransaction(() -> {
                for (int query = 0; query < 20; query++) {
                    task.query("quiet", query);
                }
            });

            assertThat(task.logged(LOG)).isEmpty();
            assertThat(task.logged(STATES_LOG)).hasSize(1);
        }
    }

    @Test
    void what_a_client_has_asked_goes_with_it() {
        try (Task task = new Task(1 << 20)) {
            task.inTransaction(() -> {
                for (int query = 0; query < 100; query++) {
                    task.query("left", query);
                    task.query("anew", query);
                }
            });
            assertThat(task.logged(LOG)).hasSize(2);
            task.inTransaction(() -> {
                task.drop("left");
                ClientState anew = Objects.requireNonNull(task.store().find("anew"));
                anew.startAnew();
                task.store().keep("anew", anew);
            });

            assertThat(task.logged(LOG))
                    .containsExactly(
                            new KeyValue<String, byte[]>("left", null), new KeyValue<String, byte[]>("anew", null));
        }
    }

    /** The first transaction after an upgrade writes the states that it changes anew. */
    @Test
    void a_state_of_the_release_before_is_taken_apart_when_it_is_written() {
        ClientState old = ClientState.firstSeen(0);
        for (int query = 0; query < 500; query++) {
            ask(old, query);
        }
        byte[] version2 = version2(old);
        try (Task task = new Task(1 << 20)) {
            task.inTransaction(() -> task.store().wrapped().put("old", ClientStateSerde.read(version2)));
            task.logged(STATES_LOG);

            task.inTransaction(() -> task.query("old", 500));

            assertThat(task.logged(LOG)).hasSize(1);
            assertThat(task.logged(STATES_LOG))
                    .singleElement()
                    .satisfies(state -> assertThat(state.value).hasSizeLessThan(100));
            ask(old, 500);
            task.store().clearCache();
            task.inTransaction(() -> {
                ClientState found = Objects.requireNonNull(task.store().find("old"));
                assertThat(bytes(found.memory)).isEqualTo(bytes(old.memory));
                assertThat(confidences(found.ring)).isEqualTo(confidences(old.ring));
            });
        }
    }

    private static byte[] version2(ClientState state) {
        byte[] now = ClientStateSerde.write(state);
        int ring = state.ring.bytes();
        ByteBuffer old = ByteBuffer.allocate(now.length - ring + state.ring.wholeBytes());
        old.put(now, 0, now.length - ring).put(0, (byte) 2);
        state.ring.writeWhole(old);
        return old.array();
    }
}
