// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.miasma.config.ConfigKey;
import dev.miasma.embedded.KafkaForTests;
import dev.miasma.measure.InMemoryMeasures;
import dev.miasma.simulate.Traffic;
import dev.miasma.simulate.TrafficPublisher;
import dev.miasma.train.CsvTraining;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A model file that changes while the monitor runs. */
class ReloadIT {
    private static final String INPUT = "predictions";
    private static final int NON_MEMBERS = 2_100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final KafkaForTests KAFKA = new KafkaForTests();

    @TempDir
    private Path folder = Path.of("");

    private final InMemoryMeasures measures = new InMemoryMeasures();
    private final TrainedTarget target = TrainedTarget.get();
    private long published;

    @Test
    void a_changed_file_comes_into_force_and_a_broken_one_leaves_the_model_before_it() throws Exception {
        KAFKA.createTopic(INPUT, 2);
        Path models = target.modelsBelow(folder);
        Path file = models.resolve(TrainedTarget.ENDPOINT + ".json");
        Path other = folder.resolve("other.json");
        String otherId = CsvTraining.train(answers("in.csv", 12), answers("out.csv", 3), other, 5, LocalDate.EPOCH)
                .id();
        Settings settings = new Settings(KAFKA.bootstrapServers(), "reload", INPUT, models, folder)
                .with(ConfigKey.MODELS_RELOAD_MS, "100")
                .with(ConfigKey.DETECT_COOLDOWN_MS, "0");

        try (Monitor monitor = Monitor.start(settings.config(), measures)) {
            assertThat(monitor.awaitRunning(PATIENCE)).isTrue();
            probe();
            Set<String> first = modelsOfAlerts();
            assertThat(loads(monitor, "loaded")).isEqualTo(1);

            Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
            patiently().until(() -> loads(monitor, "loaded") == 2);
            assertThat(Page.metrics(monitor).value("miasma_model_non_members{model=\"shop\"}"))
                    .isEqualTo(NON_MEMBERS / 2.0);
            probe();
            assertThat(first).hasSize(1).doesNotContain(otherId);
            assertThat(modelsOfAlerts()).hasSize(2).contains(otherId);

            replace(file, "{\"format\":");
            patiently().until(() -> loads(monitor, "broken") == 1);
            long alerts = measures.alertsSentCount();
            probe();
            assertThat(measures.alertsSentCount()).isGreaterThan(alerts);
            assertThat(modelsOfAlerts()).hasSize(2);
            assertThat(measures.unscorableCount()).isZero();

            replace(file, target.model());
            patiently().until(() -> loads(monitor, "loaded") == 3);
            assertThat(loads(monitor, "broken")).isEqualTo(1);
            assertThat(monitor.isRunning()).isTrue();
        }
    }

    /** Puts other text in place of a file at once: a file that is written in place can be read half written. */
    private static void replace(Path file, String text) throws Exception {
        Path aside = Files.writeString(file.resolveSibling("aside"), text);
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Has probers ask until there are alerts of the model in force, and waits until all can be read. */
    private void probe() {
        int queries = 3_000;
        Traffic traffic = target.traffic(published, 5, 5, 0.5);
        try (TrafficPublisher publisher = target.publisher(KAFKA.bootstrapServers(), INPUT)) {
            published += publisher.publish(traffic, queries, 0, Long.MAX_VALUE);
        }
        patiently()
                .until(() -> measures.detectedCount() == published
                        && Committed.json(KAFKA.bootstrapServers(), "reload-alerts")
                                        .size()
                                == measures.alertsSentCount());
    }

    private static Set<String> modelsOfAlerts() {
        return Committed.json(KAFKA.bootstrapServers(), "reload-alerts").stream()
                .filter(alert -> alert.path("client").isTextual())
                .map(alert -> alert.path("model").path("id").asText())
                .collect(Collectors.toSet());
    }

    private static double loads(Monitor monitor, String result) throws Exception {
        return Page.metrics(monitor).value("miasma_model_loads_total{result=\"" + result + "\"}");
    }

    private static ConditionFactory patiently() {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100));
    }

    /** A file of made-up answers; the sharper, the more of the probability is on one class. */
    private Path answers(String name, double sharpness) throws Exception {
        Random random = new Random(name.hashCode());
        List<String> rows = IntStream.range(0, NON_MEMBERS)
                .mapToObj(i -> {
                    double[] logits = random.doubles(5, 0, sharpness).toArray();
                    double sum = 0;
                    for (double logit : logits) {
                        sum += Math.exp(logit);
                    }
                    double total = sum;
                    return java.util.Arrays.stream(logits)
                            .mapToObj(logit -> Double.toString(Math.exp(logit) / total))
                            .collect(Collectors.joining(","));
                })
                .toList();
        return Files.write(folder.resolve(name), rows);
    }
}
