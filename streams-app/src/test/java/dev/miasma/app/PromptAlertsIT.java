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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A committed reader need not wait for the commit interval to read an alert. */
class PromptAlertsIT {
    private static final String NAME = "prompt";
    private static final String INPUT = "prompt-predictions";
    private static final int QUERIES = 5_000;
    private static final Duration COMMIT_INTERVAL = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @RegisterExtension
    static final KafkaForTests KAFKA = new KafkaForTests();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void every_alert_is_committed_long_before_the_commit_interval_is_over() throws Exception {
        KAFKA.createTopic(INPUT, 2);
        TrainedTarget target = TrainedTarget.get();
        InMemoryMeasures measures = new InMemoryMeasures();
        Settings settings = new Settings(KAFKA.bootstrapServers(), NAME, INPUT, target.modelsBelow(folder), folder)
                .with(ConfigKey.INPUT_KEYED_BY_CLIENT, "true")
                .with("kafka.commit.interval.ms", Long.toString(COMMIT_INTERVAL.toMillis()))
                .with("kafka.producer.transaction.timeout.ms", Long.toString(COMMIT_INTERVAL.toMillis()));

        try (Monitor monitor = Monitor.start(settings.config(), measures)) {
            assertThat(monitor.awaitRunning(PATIENCE)).isTrue();
            try (TrafficPublisher publisher = target.publisher(KAFKA.bootstrapServers(), INPUT)) {
                publisher.publish(target.traffic(11, 20, 8, 0.5), QUERIES, QUERIES, Long.MAX_VALUE);
            }

            await().atMost(PATIENCE)
                    .until(() -> measures.detectedCount() == QUERIES
                            && Committed.records(KAFKA.bootstrapServers(), NAME + "-alerts")
                                            .size()
                                    == measures.alertsSentCount());
            assertThat(measures.alertsSentCount()).isGreaterThan(1);
        }
    }
}
