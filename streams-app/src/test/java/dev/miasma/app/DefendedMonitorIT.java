// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.awaitility.Awaitility.await;

import dev.miasma.config.ConfigKey;
import dev.miasma.embedded.KafkaForTests;
import dev.miasma.measure.InMemoryMeasures;
import dev.miasma.simulate.Traffic;
import dev.miasma.simulate.TrafficPlan;
import dev.miasma.simulate.TrafficPublisher;
import dev.miasma.train.DemoTarget;
import dev.miasma.train.DemoTraining;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a monitor says of a defence beforehand, and what another sees once the answers really have it before them. */
class DefendedMonitorIT {
    private static final String DEFENCE = "top3+round3";
    private static final int QUERIES = 30_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @RegisterExtension
    static final KafkaForTests KAFKA = new KafkaForTests();

    @TempDir
    private Path folder = Path.of("");

    private final InMemoryMeasures predicting = new InMemoryMeasures();
    private final InMemoryMeasures measuring = new InMemoryMeasures();

    @Test
    void the_leak_predicted_for_a_defence_is_the_one_measured_behind_it() throws Exception {
        KAFKA.createTopic("bare", 2);
        KAFKA.createTopic("defended", 2);
        Path models = Files.createDirectories(folder.resolve("models"));
        DemoTarget target = DemoTraining.purchaseLike(5)
                .train(LocalDate.of(2025, 1, 1), models.resolve("shop.json"), List.of(DEFENCE));
        Path behind = Files.createDirectories(folder.resolve("behind"));
        Files.copy(models.resolve("shop+" + DEFENCE + ".json"), behind.resolve("shop.json"));

        try (Monitor first = Monitor.start(first(models).config(), predicting);
                Monitor second =
                        Monitor.start(settings("second", "defended", behind).config(), measuring)) {
            assertThat(first.awaitRunning(PATIENCE)).isTrue();
            assertThat(second.awaitRunning(PATIENCE)).isTrue();
            publish(target);
            await().atMost(PATIENCE)
                    .until(() -> predicting.scoredCount() == QUERIES && measuring.scoredCount() == QUERIES);

            String series = "{defence=\"" + DEFENCE + "\",endpoint=\"shop\",version=\"1\"}";
            assertThat(Page.metrics(first).value("miasma_whatif_scored_total" + series))
                    .isEqualTo((double) predicting.whatIfCount(DEFENCE))
                    .isBetween(QUERIES * 0.45, QUERIES * 0.55);
            assertThat(Page.metrics(first).value("miasma_whatif_leak_lift" + series))
                    .isCloseTo(measuring.leakLift(), withinPercentage(20));
        }

        assertThat(measuring.leakLift()).isGreaterThan(1.5).isLessThan(predicting.leakLift());
        assertThat(predicting.whatIfFlaggedShare(DEFENCE)).isCloseTo(measuring.flaggedShare(), withinPercentage(20));
        assertThat(predicting.sanitisedCount("sanitised")).isEqualTo(QUERIES);
    }

    private Settings first(Path models) {
        return settings("first", "bare", models)
                .with(ConfigKey.WHATIF_DEFENCES, DEFENCE)
                .with(ConfigKey.WHATIF_SAMPLE, "0.5")
                .with(ConfigKey.SANITISED_TOPIC, "defended")
                .with(ConfigKey.SANITISED_DEFENCE, DEFENCE);
    }

    private Settings settings(String name, String input, Path models) {
        return new Settings(KAFKA.bootstrapServers(), name, input, models, folder);
    }

    private static void publish(DemoTarget target) {
        TrafficPlan plan = new TrafficPlan(5, 50, 5, 0.9, 0.8, 1_735_689_600_000L, 10_000);
        Traffic traffic = new Traffic(plan, target.members(), target.nonMembers(), target.answer());
        try (TrafficPublisher publisher = new TrafficPublisher(KAFKA.bootstrapServers(), "bare", "shop", "1")) {
            publisher.publish(traffic, QUERIES, 0, Long.MAX_VALUE);
        }
    }
}
