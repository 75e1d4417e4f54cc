// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.miasma.measure.NoMeasures;
import dev.miasma.score.AttackScore;
import dev.miasma.score.EvidenceColumn;
import dev.miasma.score.KnownModels;
import dev.miasma.score.ScoredQuery;
import dev.miasma.score.ScoredQuerySerde;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The blocks of a client-level detect stage. */
class LeakBlockStoreTest {
    private static final long START = 1_000_000_000_000L;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private TopologyTestDriver driver = start(Map.of());
    private long fingerprints;

    private static TopologyTestDriver start(Map<String, byte[]> changelog) {
        var settings = Watch.settings(1000, 1000, 0, 60_000, 64);
        var measures = new NoMeasures();
        Topology topology = new Topology()
                .addSource("source", new StringDeserializer(), new ScoredQuerySerde().deserializer(), "scored")
                .addProcessor("restore", () -> new Restore(changelog), "source")
                .addProcessor(
                        "detect",
                        () -> new DetectProcessor(
                                Level.CLIENT,
                                settings,
                                Exemptions.none(settings.sensors(), measures),
                                KnownModels.none(),
                                measures,
                                new DetectProcessor.Wiring("ignore", "", "blocks")),
                        "restore")
                .addProcessor("ignore", Ignore::new, "detect")
                .addSink("blocks", "blocks", new StringSerializer(), new LeakBlockSerde().serializer(), "detect")
                .addStateStore(ClientStateStore.builder(Level.CLIENT, new CacheBudget(1 << 20)), "detect")
                .addStateStore(ClientMemoryStore.builder(Level.CLIENT), "detect")
                .addStateStore(LeakBlockStore.builder(), "restore", "detect");
        Properties properties = new Properties();
        properties.put("application.id", "test");
        return new TopologyTestDriver(topology, properties);
    }

    /** Fills the store before the detect stage looks at it, as Kafka Streams does after a crash. */
    private static final class Restore extends ContextualProcessor<String, ScoredQuery, String, ScoredQuery> {
        private final Map<String, byte[]> changelog;

        Restore(Map<String, byte[]> changelog) {
            this.changelog = changelog;
        }

        @Override
        public void init(ProcessorContext<String, ScoredQuery> context) {
            super.init(context);
            WriteBehindStore<OpenLeakBlock> store = context.getStateStore(LeakBlockStore.NAME);
            changelog.forEach((key, bytes) -> store.keep(key, OpenLeakBlock.of(LeakBlockSerde.read(bytes))));
        }

        @Override
        public void process(Record<String, ScoredQuery> record) {
            context().forward(record);
        }
    }

    private static final class Ignore extends ContextualProcessor<String, Detected, Void, Void> {
        @Override
        public void process(Record<String, Detected> record) {
            assertThat(record.value()).isInstanceOf(Detection.class);
        }
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private void query(String client, String version, long millis, int bin) {
        query(
                client,
                version,
                millis,
                ++fingerprints,
                new AttackScore(0.5, bin, false, bin == 2, EvidenceColumn.of(0), 0.01, "model", true));
    }

    private void query(String client, String version, long millis, long fingerprint, @Nullable AttackScore attack) {
        TestInputTopic<String, ScoredQuery> input =
                driver.createInputTopic("scored", new StringSerializer(), new ScoredQuerySerde().serializer());
        input.pipeInput(
                client,
                new ScoredQuery(
                        "q",
                        "fraud",
                        version,
                        client,
                        null,
                        START + millis,
                        fingerprint * 0x9e3779b97f4a7c15L,
                        true,
                        ScoredQuery.NO_LOCALITY,
                        0.5f,
                        attack,
                        null),
                START + millis);
    }

    private List<LeakBlock> blocks() {
        TestOutputTopic<String, LeakBlock> topic =
                driver.createOutputTopic("blocks", new StringDeserializer(), new LeakBlockSerde().deserializer());
        return topic.readKeyValuesToList().stream()
                .map(entry -> {
                    assertThat(entry.key).isEqualTo(entry.value.endpoint());
                    return entry.value;
                })
                .toList();
    }

    private Map<String, byte[]> changelog() {
        var topic = driver.createOutputTopic(
                "test-leak-blocks-changelog", new StringDeserializer(), new ByteArrayDeserializer());
        Map<String, byte[]> newest = new TreeMap<>();
        topic.readKeyValuesToList().forEach(entry -> {
            if (entry.value == null) {
                newest.remove(entry.key);
            } else {
                newest.put(entry.key, entry.value);
            }
        });
        return newest;
    }

    @Test
    void a_block_goes_out_when_a_query_of_a_later_second_comes() {
        query("a", "7", 0, 0);
        query("a", "7", 300, 2);
        query("b", "7", 999, 2);
        assertThat(blocks()).isEmpty();

        query("b", "7", 1000, 1);

        assertThat(blocks())
                .containsExactly(new LeakBlock("fraud", "7", START, 3, 2, "model", 2, new long[] {1, 0, 2}));
    }

    @Test
    void a_late_query_goes_into_the_present_block() {
        query("a", "7", 5000, 0);
        query("a", "7", 10, 1);
        query("a", "7", 6000, 0);

        assertThat(blocks())
                .containsExactly(new LeakBlock("fraud", "7", START + 5000, 2, 1, "model", 0, new long[] {1, 1}));
    }

    @Test
    void versions_have_blocks_of_their_own() {
        query("a", "7", 0, 0);
        query("a", "8", 0, 0);
        query("a", "8", 1000, 0);

        assertThat(blocks()).extracting(LeakBlock::version).containsExactly("8");
    }

    @Test
    void repeats_and_answers_without_a_score_are_counted_as_queries_alone() {
        var attack = new AttackScore(0.5, 1, false, true, EvidenceColumn.of(0), 0.01, "model", true);
        query("a", "7", 0, 7, attack);
        query("a", "7", 1, 7, attack);
        query("b", "7", 2, 7, attack);
        query("a", "7", 3, 8, null);
        query(
                "a",
                "7",
                4,
                9,
                new AttackScore(0.5, AttackScore.NO_BIN, false, true, EvidenceColumn.of(0), 0.01, "model", true));
        query("a", "7", 1000, 0);

        assertThat(blocks()).containsExactly(new LeakBlock("fraud", "7", START, 5, 2, "model", 2, new long[] {0, 2}));
    }

    @Test
    void another_attack_model_ends_a_block() {
        query("a", "7", 0, 0);
        query("a", "7", 1, 100, new AttackScore(0.5, 1, false, false, EvidenceColumn.of(0), 0.01, "other", true));

        assertThat(blocks()).extracting(LeakBlock::modelId, LeakBlock::queries).containsExactly(tuple("model", 1L));
    }

    @Test
    void a_block_that_no_query_comes_for_goes_out_by_the_wall_clock() {
        query("a", "7", 0, 0);

        driver.advanceWallClockTime(SECOND);
        assertThat(blocks()).as("touched since the time before").isEmpty();
        driver.advanceWallClockTime(SECOND);

        assertThat(blocks()).hasSize(1);
        assertThat(changelog()).isEmpty();
        driver.advanceWallClockTime(SECOND);
        assertThat(blocks()).isEmpty();
    }

    @Test
    void a_clock_that_is_ahead_does_not_hold_a_block_open() {
        query("ahead", "7", 290_000, 0);
        for (int second = 0; second < 12; second++) {
            query("a", "7", second, 0);
            driver.advanceWallClockTime(SECOND);
        }

        assertThat(blocks()).extracting(LeakBlock::secondMillis).containsExactly(START + 290_000);
        query("a", "7", 2000, 0);
        assertThat(blocks()).extracting(LeakBlock::secondMillis).containsExactly(START);
    }

    @Test
    void a_crash_loses_no_partial_block() {
        query("a", "7", 0, 0);
        query("b", "7", 5, 2);
        query("a", "8", 5, 1);
        Map<String, byte[]> changelog = changelog();
        driver.close();

        driver = start(changelog);
        query("c", "7", 6, 2);
        driver.advanceWallClockTime(SECOND);
        driver.advanceWallClockTime(SECOND);

        assertThat(blocks())
                .containsExactlyInAnyOrder(
                        new LeakBlock("fraud", "7", START, 3, 3, "model", 2, new long[] {1, 0, 2}),
                        new LeakBlock("fraud", "8", START, 1, 0, "model", 0, new long[] {0, 1}));
    }
}
