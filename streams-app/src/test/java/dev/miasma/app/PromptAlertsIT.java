// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.miasma.config.ConfigKey;
import dev.miasma.embedded.KafkaForTests;
import dev.miasma.measure.InMemoryMeasures;
import dev.miasma.simulate.TrafficPublisher;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A committed reader need not wait for the commit interval to read an alert. */
class PromptAlertsIT {
    private static final String NAME = "prompt";
    private static final int QUERIES = 5_000;
    private static final Duration COMMIT_INTERVAL = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @RegisterExtension
    static final KafkaForTests KAFKA = new KafkaForTests();

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest(name = "keyed by client: {0}")
    @ValueSource(booleans = {true, false})
    void every_alert_is_committed_long_before_the_commit_interval_is_over(boolean keyed) throws Exception {
        String name = NAME + (keyed ? "-keyed" : "-repartitioned");
        String input = name + "-predictions";
        KAFKA.createTopic(input, 2);
        TrainedTarget target = TrainedTarget.get();
        InMemoryMeasures measures = new InMemoryMeasures();
        Settings settings = new Settings(KAFKA.bootstrapServers(), name, input, target.modelsBelow(folder), folder)
                .with(ConfigKey.INPUT_KEYED_BY_CLIENT, Boolean.toString(keyed))
                .with("kafka.commit.interval.ms", Long.toString(COMMIT_INTERVAL.toMillis()))
                .with("kafka.producer.transaction.timeout.ms", Long.toString(COMMIT_INTERVAL.toMillis()));

        try (Monitor monitor = Monitor.start(settings.config(), measures)) {
            assertThat(monitor.awaitRunning(PATIENCE)).isTrue();
            try (TrafficPublisher publisher = target.publisher(KAFKA.bootstrapServers(), input)) {
                publisher.publish(target.traffic(11, 20, 8, 0.5), QUERIES, QUERIES, Long.MAX_VALUE);
            }

            await().atMost(PATIENCE)
                    .until(() -> measures.detectedCount() == QUERIES
                            && Committed.records(KAFKA.bootstrapServers(), name + "-alerts")
                                            .size()
                                    == measures.alertsSentCount());
            assertThat(measures.alertsSentCount()).isGreaterThan(1);
        }
    }
}
