// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.measure.InMemoryMeasures;
import dev.miasma.measure.VersionLeak;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointProcessorTest {
    private static final long IDLE_MS = 100_000;

    @TempDir
    Path folder;

    private final InMemoryMeasures measures = new InMemoryMeasures();
    private final List<Record<String, EndpointAlert>> alerts = new ArrayList<>();
    private @Nullable TopologyTestDriver driver;

    @BeforeEach
    void start() {
        var settings = Watch.settings(1000, 1000, 0, IDLE_MS, 64);
        var models = Blocks.models(folder);
        Topology topology = new Topology()
                .addSource("source", new StringDeserializer(), new LeakBlockSerde().deserializer(), "blocks")
                .addProcessor("watch", () -> new EndpointProcessor(settings, 100, models, measures), "source")
                .addProcessor("keep", Keep::new, "watch")
                .addStateStore(EndpointStateStore.builder(), "watch");
        Properties properties = new Properties();
        properties.put("application.id", "test");
        driver = new TopologyTestDriver(topology, properties);
    }

    private final class Keep extends ContextualProcessor<String, EndpointAlert, Void, Void> {
        @Override
        public void process(Record<String, EndpointAlert> record) {
            alerts.add(record);
        }
    }

    @AfterEach
    void close() {
        driver().close();
    }

    private TopologyTestDriver driver() {
        return Objects.requireNonNull(driver);
    }

    private void add(LeakBlock block) {
        driver().createInputTopic("blocks", new StringSerializer(), new LeakBlockSerde().serializer())
                .pipeInput(block.endpoint(), block, block.secondMillis());
    }

    private void tell() {
        driver().advanceWallClockTime(EndpointProcessor.TELL_INTERVAL);
    }

    @Test
    void an_alarm_goes_on_under_its_subject() {
        add(Blocks.of("7", 0, 20, 0));

        assertThat(alerts).hasSize(1);
        assertThat(alerts.getFirst().key()).isEqualTo("endpoint:fraud@7");
        assertThat(alerts.getFirst().timestamp()).isEqualTo(Blocks.START);
    }

    /** Nine tenths of the members' scores and a tenth of the non-members'. */
    @Test
    void the_share_of_members_and_the_drift_are_told() {
        add(Blocks.of(0, Blocks.MODEL, 10, 10, 10, 10, 10, 10, 10, 10, 10, 455, 273, 91, 91));
        tell();

        VersionLeak leak = Objects.requireNonNull(measures.versionLeaks().get("fraud@7"));
        assertThat(leak.memberShare()).isBetween(0.85, 0.95);
        assertThat(leak.memberShareLow()).isLessThan(leak.memberShare());
        assertThat(leak.memberShareHigh()).isGreaterThan(leak.memberShare());
        assertThat(leak.driftRatio()).isGreaterThan(5);
        assertThat(leak.verdict()).isEqualTo("above");
    }

    @Test
    void traffic_as_the_calibration_has_it_is_no_drift() {
        add(Blocks.of(0, Blocks.MODEL, 200, 200, 200, 200, 200, 200, 200, 200, 200, 100, 60, 20, 20));
        tell();

        VersionLeak leak = Objects.requireNonNull(measures.versionLeaks().get("fraud@7"));
        assertThat(leak.verdict()).isEqualTo("holds");
        assertThat(leak.memberShareLow()).isZero();
        assertThat(leak.driftRatio()).isLessThan(1);
    }

    @Test
    void a_task_that_moves_away_takes_back_what_it_told() {
        add(Blocks.of("7", 0, 0, 10));
        tell();
        assertThat(measures.versionLeaks()).containsOnlyKeys("fraud@7");

        driver().close();

        assertThat(measures.versionLeaks()).isEmpty();
        start();
    }

    @Test
    void a_silent_endpoint_is_forgotten() {
        add(Blocks.of("7", 0, 0, 10));
        tell();
        long later = IDLE_MS / 1000 + 1;
        add(new LeakBlock("churn", "1", Blocks.START + 1000 * later, 1, 0, "", 0, new long[0]));
        driver().advanceWallClockTime(Duration.ofSeconds(5));

        assertThat(measures.versionLeaks()).isEmpty();
        assertThat(driver().getKeyValueStore(EndpointStateStore.NAME).get("fraud"))
                .isNull();
        assertThat(driver().getKeyValueStore(EndpointStateStore.NAME).get("churn"))
                .isNotNull();
    }
}
