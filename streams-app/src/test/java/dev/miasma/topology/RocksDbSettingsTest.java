// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.SplittableRandom;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class RocksDbSettingsTest {
    private static final List<String> STORES = List.of("a", "b", "c");
    private static final int MEGABYTE = 1 << 20;
    private static final int RECORDS = 6_000;
    private static final int BYTES_A_RECORD = 4_096;

    /** Writes a record to each store. */
    private static final class Write extends ContextualProcessor<String, String, Void, Void> {
        private final SplittableRandom random = new SplittableRandom(1);

        @Override
        public void process(Record<String, String> record) {
            byte[] noise = new byte[BYTES_A_RECORD];
            random.nextBytes(noise);
            for (String name : STORES) {
                KeyValueStore<String, byte[]> store =
                        Objects.requireNonNull(context().getStateStore(name));
                store.put(record.key(), noise);
                store.get("key-" + random.nextInt(RECORDS));
            }
        }
    }

    @Test
    void all_stores_together_stay_within_the_memory_and_give_it_back() {
        RocksDbMemory memory = new RocksDbMemory(8 * MEGABYTE);
        Topology topology = new Topology()
                .addSource("source", new StringDeserializer(), new StringDeserializer(), "input")
                .addProcessor("write", Write::new, "source");
        for (String name : STORES) {
            topology.addStateStore(
                    Stores.keyValueStoreBuilder(
                                    Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                            .withLoggingDisabled(),
                    "write");
        }
        Properties properties = new Properties();
        properties.put("application.id", "test");
        properties.put("rocksdb.config.setter", RocksDbSettings.class);
        properties.put(RocksDbSettings.MEMORY, memory);
        long most = 0;
        try (var driver = new TopologyTestDriver(topology, properties)) {
            TestInputTopic<String, String> input =
                    driver.createInputTopic("input", new StringSerializer(), new StringSerializer());
            for (int i = 0; i < RECORDS; i++) {
                input.pipeInput("key-" + i, "");
                most = Math.max(most, memory.used());
            }
            assertThat(memory.stores()).isEqualTo(STORES.size());
        }

        assertThat(RECORDS * BYTES_A_RECORD * STORES.size()).as("bytes written").isGreaterThan(64 * MEGABYTE);
        assertThat(most).isBetween(4L * MEGABYTE, 12L * MEGABYTE);
        assertThat(memory.stores()).isZero();
        assertThat(memory.used()).isZero();
    }
}
