// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.groups.Tuple.tuple;

import dev.miasma.config.DetectSettings;
import dev.miasma.measure.InMemoryMeasures;
import dev.miasma.score.AttackScore;
import dev.miasma.score.EvidenceColumn;
import dev.miasma.score.KnownModels;
import dev.miasma.score.ScoredQuery;
import dev.miasma.score.ScoredQuerySerde;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DetectProcessorTest {
    private static final long START = 1_000_000_000_000L;
    private static final DetectSettings SETTINGS = Watch.settings(1000, 1000, 0, 60_000, 64);

    private final List<Detection> detections = new ArrayList<>();
    private final List<String> dropped = new ArrayList<>();
    private final EvidencePaths paths = new EvidencePaths();
    private InMemoryMeasures measures = new InMemoryMeasures();
    private TopologyTestDriver driver = start(Map.of());
    private @Nullable WriteBehindStore<ClientState> states;
    private long fingerprints;

    /** A monitor's detect stage on a store that holds what a changelog brought back. */
    private TopologyTestDriver start(Map<String, byte[]> changelog) {
        measures = new InMemoryMeasures();
        Topology topology = new Topology()
                .addSource("source", new StringDeserializer(), new ScoredQuerySerde().deserializer(), "scored")
                .addProcessor("restore", () -> new Restore(changelog), "source")
                .addProcessor("detect", () -> processor(Level.CLIENT, SETTINGS), "restore")
                .addProcessor("keep", Keep::new, "detect")
                .addStateStore(ClientStateStore.builder(Level.CLIENT, new CacheBudget(1 << 20)), "restore", "detect")
                .addStateStore(ClientMemoryStore.builder(Level.CLIENT), "restore", "detect");
        Properties properties = new Properties();
        properties.put("application.id", "test");
        return new TopologyTestDriver(topology, properties);
    }

    private DetectProcessor processor(Level level, DetectSettings settings) {
        return new DetectProcessor(
                level,
                settings,
                Exemptions.none(settings.sensors(), measures),
                KnownModels.none(),
                measures,
                new DetectProcessor.Wiring("keep", "", ""),
                paths);
    }

    /** Fills the store before the detect stage looks at it, as Kafka Streams does after a restart. */
    private final class Restore extends ContextualProcessor<String, ScoredQuery, String, ScoredQuery> {
        private final Map<String, byte[]> changelog;

        Restore(Map<String, byte[]> changelog) {
            this.changelog = changelog;
        }

        @Override
        public void init(ProcessorContext<String, ScoredQuery> context) {
            super.init(context);
            WriteBehindStore<ClientState> store = context.getStateStore(ClientStateStore.CLIENTS);
            changelog.forEach((key, bytes) -> store.keep(key, ClientStateSerde.read(bytes)));
            states = store;
        }

        @Override
        public void process(Record<String, ScoredQuery> record) {
            context().forward(record);
        }
    }

    private final class Keep implements Processor<String, Detected, Void, Void> {
        @Override
        public void process(Record<String, Detected> record) {
            switch (record.value()) {
                case Detection detection -> detections.add(detection);
                case Detected.Dropped subject -> dropped.add(subject.subject());
                case Detected.ForCohort query -> throw new AssertionError("no cohorts here");
                case LeakBlock block -> throw new AssertionError("no endpoints here");
            }
        }
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private void query(String client, String endpoint, long time, double ratio) {
        query(client, endpoint, time, ratio, ++fingerprints * 0x9e3779b97f4a7c15L);
    }

    private void query(String client, String endpoint, long time, double ratio, long fingerprint) {
        TestInputTopic<String, ScoredQuery> input =
                driver.createInputTopic("scored", new StringSerializer(), new ScoredQuerySerde().serializer());
        float[] evidence = {(float) Math.log(ratio)};
        input.pipeInput(
                client,
                new ScoredQuery(
                        "q-" + time,
                        endpoint,
                        "7",
                        client,
                        null,
                        time,
                        fingerprint,
                        true,
                        ScoredQuery.NO_LOCALITY,
                        0.5f,
                        new AttackScore(0.5, 0, false, false, EvidenceColumn.of(evidence), 0.01, "model", true),
                        null),
                time);
    }

    private @Nullable ClientState state(String client, String endpoint) {
        return Objects.requireNonNull(states).get(client + '\0' + endpoint);
    }

    /** The newest value of each key of the changelog. */
    private Map<String, byte[]> changelog() {
        var topic = driver.createOutputTopic(
                "test-client-states-changelog", new StringDeserializer(), new ByteArrayDeserializer());
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
    void clients_and_endpoints_have_evidence_of_their_own() {
        query("a", "fraud", START, 40);
        query("a", "churn", START, 40);
        query("b", "fraud", START, 40);

        assertThat(measures.clientCount()).isEqualTo(3);
        assertThat(detections).extracting(Detection::subject).containsExactly("a@fraud", "a@churn", "b@fraud");
        assertThat(detections).extracting(Detection::alarm).containsOnly(Detection.Alarm.NONE);
    }

    @Test
    void tells_how_the_evidence_went_of_who_comes_near_an_alarm_and_of_nobody_else() {
        query("a", "fraud", START, 1.5);
        query("a", "fraud", START + 1, 20);
        query("a", "fraud", START + 2, 30);
        query("b", "fraud", START, 1.5);

        List<EvidencePath.Point> points =
                Objects.requireNonNull(paths.of(Level.CLIENT, "a\0fraud")).points();
        assertThat(points).extracting(EvidencePath.Point::timeMillis).containsExactly(START + 1, START + 2);
        assertThat(points.getFirst().evidence()).isCloseTo(50, within(0.01));
        // The alarm takes the evidence away, and the path has what it was.
        assertThat(points.getLast().evidence()).isCloseTo(1530, within(0.1));
        assertThat(points.getLast().sensor()).isEqualTo("member-likeness");
        assertThat(detections).extracting(Detection::alarm).contains(Detection.Alarm.SENT);
        assertThat(paths.of(Level.CLIENT, "b\0fraud")).isNull();
    }

    @Test
    void a_restart_from_the_changelog_keeps_counts_evidence_and_memory() {
        query("a", "fraud", START, 2000);
        query("b", "fraud", START, 40, 7);
        query("b", "fraud", START + 1, 1.5);
        query("c", "fraud", START, 0.5);
        Map<String, byte[]> changelog = changelog();
        driver.close();

        driver = start(changelog);

        assertThat(measures.clientCount("alarmed")).isEqualTo(1);
        assertThat(measures.clientCount("elevated")).isEqualTo(1);
        assertThat(measures.clientCount("low")).isEqualTo(1);
        detections.clear();
        query("b", "fraud", START + 2, 40, 7);
        assertThat(measures.repeatCount()).isEqualTo(1);
        query("a", "fraud", START + 3, 2000);
        query("b", "fraud", START + 4, 50);
        assertThat(detections)
                .extracting(
                        Detection::subject,
                        Detection::alarm,
                        Detection::alarms,
                        d -> d.observed().queries())
                .containsExactly(
                        tuple("a@fraud", Detection.Alarm.HELD, 2, 1L), tuple("b@fraud", Detection.Alarm.SENT, 1, 4L));
        assertThat(measures.clientCount()).isEqualTo(3);
    }

    @Test
    void a_task_that_moves_away_takes_its_clients_along() {
        query("a", "fraud", START, 1);
        query("b", "fraud", START, 40);

        InMemoryMeasures before = measures;
        driver.close();
        driver = start(Map.of());

        assertThat(before.clientCount()).isZero();
        assertThat(before.clientCount("low")).isZero();
    }

    @Test
    void idle_clients_are_swept_by_the_wall_clock_and_leave_the_changelog() {
        query("idle", "fraud", START, 40);
        query("nearly", "fraud", START + 1, 40);
        query("busy", "fraud", START + 60_001, 40);

        driver.advanceWallClockTime(Duration.ofSeconds(30));

        assertThat(state("idle", "fraud")).isNull();
        assertThat(state("nearly", "fraud")).isNotNull();
        assertThat(state("busy", "fraud")).isNotNull();
        assertThat(measures.clientCount()).isEqualTo(2);
        assertThat(changelog()).containsOnlyKeys("nearly\0fraud", "busy\0fraud");
        assertThat(dropped).containsExactly("idle@fraud");
        assertThat(measures.droppedCount("client", "idle")).isEqualTo(1);
    }

    @Test
    void nobody_is_swept_while_no_time_has_passed_in_the_events() {
        query("a", "fraud", START, 40);

        driver.advanceWallClockTime(Duration.ofDays(30));

        assertThat(state("a", "fraud")).isNotNull();
    }

    @Test
    void a_sweep_of_many_clients_goes_on_where_it_stopped() {
        for (int i = 0; i < 5_003; i++) {
            query("idle-" + i, "fraud", START, 0.5);
        }
        query("z-busy", "fraud", START + 100_000, 0.5);

        driver.advanceWallClockTime(Duration.ofSeconds(30));
        long afterOne = measures.clientCount();
        driver.advanceWallClockTime(Duration.ofSeconds(30));

        assertThat(afterOne).isEqualTo(4);
        assertThat(measures.clientCount()).isEqualTo(1);
    }
}
