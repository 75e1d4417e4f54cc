// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.config.MiasmaConfig;
import dev.miasma.decode.RejectReason;
import dev.miasma.detect.RiskBand;
import dev.miasma.fixtures.AttackFiles;
import dev.miasma.measure.MicrometerMeasures;
import dev.miasma.score.AttackModels;
import dev.miasma.score.UnscorableReason;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The counts of stage failures: an alert is on their increase, which only a series that is there already can have. */
class StageFailuresTest {
    private static final String FAILURES = "miasma_stage_failures_total";

    @TempDir
    Path folder;

    private final MicrometerMeasures measures =
            new MicrometerMeasures(50, RejectReason.codes(), UnscorableReason.codes(), RiskBand.codes());

    private List<String> failures() {
        return measures.registry()
                .scrape()
                .lines()
                .filter(line -> line.startsWith(FAILURES))
                .toList();
    }

    @Test
    void every_stage_starts_at_zero_and_a_first_failure_is_a_step_of_its_series() {
        MiasmaConfig config = MiasmaConfig.of(Map.of(
                "identity.key", "0123456789abcdef",
                "exemptions.topic", "exemptions",
                "output.sanitised.topic", "safe",
                "output.sanitised.defence", "top3",
                // The test driver forgets what is sent outside of its own transactions.
                "processing.guarantee", "at_least_once"));
        AttackFiles.write(folder, "fraud", 1000);
        AttackModels models = AttackModels.load(folder, false, 0.01, measures);
        Topology topology = MonitorTopology.build(
                config, Knowledge.of(models, config.sensors(), measures), measures, InstantSource.system());
        List<String> before = failures();
        Properties properties = new Properties();
        properties.putAll(StreamsSettings.of(config, measures));
        properties.put("state.dir", folder.resolve("state").toString());

        try (TopologyTestDriver driver = new TopologyTestDriver(topology, properties)) {
            driver.createInputTopic(
                            "miasma-scored-by-client-repartition", new StringSerializer(), new ByteArraySerializer())
                    .pipeInput("alice", new byte[] {99, 9, 9});
        }

        assertThat(before)
                .allMatch(line -> line.endsWith(" 0.0"))
                .map(line -> line.replaceAll(".*stage=\"([^\"]*)\".*", "$1"))
                .contains("decode", "score", "detect", "detect-cohorts", "watch-endpoints", "alert", "sanitise")
                .contains("predictions", "exemptions")
                .doesNotContain("alerts", "dead-letters");
        assertThat(failures()).hasSameSizeAs(before);
        assertThat(failures())
                .filteredOn(line -> !line.endsWith(" 0.0"))
                .singleElement()
                .asString()
                .endsWith(" 1.0");
    }
}
