// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a user runs it. What it claims is measured here: few queries to an alert, few false alerts. */
class DemoIT {
    private static final int PROBERS = 10;
    private static final long QUERIES = 130_000;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void finds_every_prober_within_the_budget_on_made_up_data_and_again_with_the_same_seed() throws Exception {
        JsonNode result = run("--seed", "3");

        assertKeepsItsWord(result);
        assertThat(result.path("dataset").asText()).contains("synthetic");
        assertThat(result.path("seed").asLong()).isEqualTo(3);
        // Who asks what does not depend on how long it goes on, so a shorter run finds the same.
        try (ChildJvm shorter =
                ChildJvm.start(folder, "demo", "--json", "--rate", "0", "--seed", "3", "--queries", "30000")) {
            assertThat(shorter.await()).as(shorter.err()).isZero();
            assertThat(shorter.err()).doesNotContain("Exception").doesNotContain("\tat ");
            assertThat(shorter.out().lines()).hasSize(1);
            Map<String, Long> found = queriesToAlert(json(shorter.out()));
            assertThat(found).isNotEmpty();
            assertThat(queriesToAlert(result)).containsAllEntriesOf(found);
        }
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void finds_every_prober_within_the_budget_on_real_check_ins() throws Exception {
        JsonNode result = run(
                "--dataset",
                "location",
                "--data-dir",
                SharedData.require("location").toString());

        assertKeepsItsWord(result);
        assertThat(result.path("dataset").asText()).isEqualTo("Location-30");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a process cannot be asked to end there")
    void ends_at_once_and_leaves_nothing_behind_when_told_to_stop() throws Exception {
        try (ChildJvm demo = ChildJvm.start(folder, "demo", "--seconds", "60")) {
            await().atMost(PATIENCE)
                    .failFast(demo::assertAlive)
                    .until(() -> demo.out().contains(" scored "));
            assertThat(leftovers()).isNotEmpty();

            long begin = System.nanoTime();
            demo.stop();
            Duration took = Duration.ofNanos(System.nanoTime() - begin);

            assertThat(took).isLessThan(Duration.ofSeconds(20));
            assertThat(demo.err()).doesNotContain("Exception").doesNotContain("\tat ");
            assertThat(demo.out()).doesNotContain("Exception");
            assertThat(leftovers()).isEmpty();
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a process cannot be asked to end there")
    void leaves_nothing_behind_when_told_to_stop_while_it_starts() throws Exception {
        try (ChildJvm demo = ChildJvm.start(folder, "demo", "--seconds", "60")) {
            await().atMost(PATIENCE)
                    .failFast(demo::assertAlive)
                    .until(() -> !leftovers().isEmpty());

            demo.stop();

            assertThat(demo.err()).doesNotContain("Exception").doesNotContain("\tat ");
            assertThat(leftovers()).isEmpty();
        }
    }

    private static JsonNode run(String... more) throws JsonProcessingException {
        List<String> arguments =
                new ArrayList<>(List.of("demo", "--json", "--rate", "0", "--queries", Long.toString(QUERIES)));
        arguments.addAll(Arrays.asList(more));
        CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(String.join("\n", run.err())).isZero();
        assertThat(run.out()).hasSize(1);
        return json(run.out().getFirst());
    }

    private static void assertKeepsItsWord(JsonNode result) {
        assertThat(result.fieldNames())
                .toIterable()
                .containsExactly(
                        "dataset",
                        "seed",
                        "queries",
                        "received",
                        "scored",
                        "rejected",
                        "unscorable",
                        "benignClients",
                        "benignQueries",
                        "falseAlerts",
                        "falseAlertBound",
                        "budgetGuaranteed",
                        "probers",
                        "leakLift",
                        "attackAuc",
                        "throughputPerSecond");
        assertThat(result.path("queries").asLong()).isEqualTo(QUERIES);
        assertThat(result.path("received").asLong())
                .isEqualTo(QUERIES)
                .isEqualTo(result.path("scored").asLong()
                        + result.path("rejected").asLong()
                        + result.path("unscorable").asLong());
        assertThat(result.path("scored").asLong()).isEqualTo(QUERIES);
        assertThat(result.path("benignQueries").asLong()).isBetween(100_000L, QUERIES);
        assertThat(result.path("falseAlerts").asDouble())
                .isLessThanOrEqualTo(result.path("falseAlertBound").asDouble());
        assertThat(result.path("budgetGuaranteed").asBoolean()).isTrue();
        assertThat(result.path("attackAuc").asDouble()).isBetween(0.80, 1.0);
        assertThat(result.path("leakLift").asDouble()).isPositive();
        assertThat(result.path("throughputPerSecond").asDouble()).isPositive();
        assertThat(result.path("probers"))
                .hasSize(PROBERS)
                .allSatisfy(
                        prober -> assertThat(prober.path("queries").asLong()).isPositive());
        assertThat(queriesToAlert(result)).hasSize(PROBERS);
        assertThat(median(queriesToAlert(result).values().stream().mapToLong(Long::longValue)))
                .isLessThanOrEqualTo(150);
    }

    /** How many queries each prober that was found had made by then. */
    private static Map<String, Long> queriesToAlert(JsonNode result) {
        Map<String, Long> found = new TreeMap<>();
        StreamSupport.stream(result.path("probers").spliterator(), false)
                .filter(prober -> prober.path("queriesToAlert").isNumber())
                .forEach(prober -> found.put(
                        prober.path("client").asText(),
                        prober.path("queriesToAlert").asLong()));
        return found;
    }

    private static double median(LongStream values) {
        long[] sorted = values.sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2.0;
    }

    /** What of the demo's is in the folder for temporary files of the processes started here. */
    private List<Path> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> String.valueOf(file.getFileName()).startsWith("miasma"))
                    .toList();
        }
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new JsonMapper().readTree(text);
    }
}
