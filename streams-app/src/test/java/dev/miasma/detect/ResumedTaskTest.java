// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.config.DetectSettings;
import dev.miasma.config.SensorSettings;
import dev.miasma.measure.InMemoryMeasures;
import dev.miasma.score.AttackScore;
import dev.miasma.score.EvidenceColumn;
import dev.miasma.score.KnownModels;
import dev.miasma.score.ScoredQuery;
import dev.miasma.score.ScoredQuerySerde;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A detect stage whose task is suspended and resumed, as in a rebalance, or given up and started again. */
class ResumedTaskTest {
    private static final long START = 1_000_000_000_000L;
    private static final int MAX_SUBJECTS = 20;
    private static final DetectSettings SETTINGS =
            new DetectSettings(1000, 1000, 0, 60_000, 64, MAX_SUBJECTS, SensorSettings.memberLikenessOnly());

    private final InMemoryMeasures measures = new InMemoryMeasures();
    private final AtomicBoolean resume = new AtomicBoolean();
    private final TopologyTestDriver driver = new TopologyTestDriver(topology(), properties());
    private long fingerprints;

    private Resumable<ScoredQuery, Detected> detect() {
        DetectProcessor processor = new DetectProcessor(
                Level.CLIENT,
                SETTINGS,
                Exemptions.none(SETTINGS.sensors(), measures),
                KnownModels.none(),
                measures,
                new DetectProcessor.Wiring("ignore", "", "blocks"));
        return new Resumable<>(processor, resume);
    }

    private Topology topology() {
        return new Topology()
                .addSource("source", new StringDeserializer(), new ScoredQuerySerde().deserializer(), "scored")
                .addProcessor("detect", this::detect, "source")
                .addProcessor("ignore", Ignore::new, "detect")
                .addSink("blocks", "blocks", new StringSerializer(), new LeakBlockSerde().serializer(), "detect")
                .addStateStore(ClientStateStore.builder(Level.CLIENT, new CacheBudget(1 << 20)), "detect")
                .addStateStore(ClientMemoryStore.builder(Level.CLIENT), "detect")
                .addStateStore(LeakBlockStore.builder(), "detect");
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.put("application.id", "test");
        properties.put(
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndFailProcessingExceptionHandler.class);
        return properties;
    }

    private static final class Ignore extends ContextualProcessor<String, Detected, Void, Void> {
        @Override
        public void process(Record<String, Detected> record) {}
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private void query(String client, long millis) {
        driver.createInputTopic("scored", new StringSerializer(), new ScoredQuerySerde().serializer())
                .pipeInput(
                        client,
                        new ScoredQuery(
                                "q",
                                "fraud",
                                "7",
                                client,
                                null,
                                START + millis,
                                ++fingerprints * 0x9e3779b97f4a7c15L,
                                true,
                                ScoredQuery.NO_LOCALITY,
                                0.5f,
                                new AttackScore(0.5, 0, false, false, EvidenceColumn.of(0), 0.01, "model", true),
                                null),
                        START + millis);
    }

    private List<LeakBlock> blocks() {
        return driver.createOutputTopic("blocks", new StringDeserializer(), new LeakBlockSerde().deserializer())
                .readValuesToList();
    }

    @Test
    void a_block_that_was_open_goes_out_once_and_the_wall_clock_calls_on() {
        query("a", 0);
        resume.set(true);
        query("a", 1);

        for (int second = 0; second < 5; second++) {
            driver.advanceWallClockTime(Duration.ofSeconds(1));
        }

        assertThat(blocks()).extracting(LeakBlock::queries).containsExactly(2L);
    }

    @Test
    void clients_are_counted_once_so_none_is_taken_for_one_too_many() {
        for (int client = 0; client < MAX_SUBJECTS - 1; client++) {
            query("client-" + client, client);
        }
        resume.set(true);

        query("one-more", MAX_SUBJECTS);

        assertThat(measures.clientCount()).isEqualTo(MAX_SUBJECTS);
        assertThat(measures.droppedCount("client", "cold")).isZero();
    }
}
