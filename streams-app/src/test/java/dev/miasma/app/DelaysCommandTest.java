// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A small study on made-up data, held against what the detectors are to achieve. */
class DelaysCommandTest {
    private static final int PROBERS = 12;

    @TempDir
    private static Path folder = Path.of("");

    private static JsonNode report = JsonMapper.builder().build().nullNode();
    private static Path page = Path.of("");

    private static CommandLineRun run(String... arguments) {
        return CommandLineRun.of(
                Stream.concat(Stream.of("delays"), Stream.of(arguments)).toArray(String[]::new));
    }

    @BeforeAll
    static void study() throws IOException {
        page = folder.resolve("detection.md");
        CommandLineRun run = run(
                "--probers=" + PROBERS,
                "--benign-queries=200000",
                "--thresholds=1000,10000",
                "--output=" + page,
                "--json");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).hasSize(1);
        report = new JsonMapper().readTree(run.out().getFirst());
    }

    private static JsonNode delay(String attack, double budget) {
        Optional<JsonNode> row = report.path("delays")
                .valueStream()
                .filter(one -> one.path("attack").asText().equals(attack)
                        && one.path("budget").asDouble() == budget)
                .findFirst();
        assertThat(row).as(attack).isPresent();
        return row.orElseThrow();
    }

    private static long median(String attack, double budget) {
        JsonNode row = delay(attack, budget);
        assertThat(row.path("median").isNumber()).as(row.toString()).isTrue();
        return row.path("median").asLong();
    }

    @ParameterizedTest
    @ValueSource(strings = {"augmentation", "noise", "boundary"})
    void label_only_attacks_are_found_before_100_queries(String attack) {
        assertThat(median(attack, 1)).isLessThan(100);
        assertThat(delay(attack, 1).path("found").asInt()).isEqualTo(PROBERS);
        assertThat(delay(attack, 1).path("foundBy").asText()).isEqualTo("client neighbourhood");
    }

    @Test
    void averaging_is_found_before_60_repeats() {
        assertThat(delay("repeat", 1).path("quantile95").asLong()).isBetween(1L, 59L);
        assertThat(delay("repeat", 1).path("foundBy").asText()).isEqualTo("client repeat");
    }

    @Test
    void sybils_are_found_by_their_cohort_while_no_account_is() {
        JsonNode sybils = delay("sybils:members=1", 1);

        assertThat(sybils.path("found").asInt()).isEqualTo(PROBERS);
        assertThat(sybils.path("byLevel").path("cohort").asInt()).isEqualTo(PROBERS);
        assertThat(sybils.path("byLevel").has("client")).isFalse();
        assertThat(delay("sybils", 1).path("byLevel").has("client")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1000", "10000"})
    void false_alarms_keep_to_the_bound(double threshold) {
        long alarms = 0;
        double bound = 0;
        for (JsonNode row : report.path("benign")) {
            if (row.path("threshold").asDouble() == threshold) {
                alarms += row.path("alarms").asLong();
                bound += row.path("bound").asDouble();
            }
        }

        assertThat(bound).isGreaterThanOrEqualTo(200_000 / threshold);
        assertThat((double) alarms).isLessThanOrEqualTo(bound);
    }

    @Test
    void no_attack_by_the_score_is_found_much_sooner_than_the_limit_and_none_later_than_twice_the_calibrated_one() {
        for (String attack : new String[] {"score:members=1", "score:members=0.5"}) {
            JsonNode row = delay(attack, 1);

            assertThat(row.path("found").asInt()).isEqualTo(PROBERS);
            assertThat(median(attack, 1))
                    .isGreaterThan((long) (0.5 * row.path("limit").asDouble()));
            assertThat((double) median(attack, 1))
                    .isLessThan(2 * row.path("limitCalibratedNull").asDouble());
        }
    }

    @Test
    void writes_a_page_with_its_command_and_a_plot() throws IOException {
        assertThat(Files.readString(page))
                .startsWith("# Detection delays and false alerts")
                .contains("./miasma delays --probers=" + PROBERS, "(detection.svg)", "| boundary | 1 | 12 of 12 |");
        assertThat(Files.readString(folder.resolve("detection.svg")))
                .startsWith("<svg")
                .contains("boundary");
    }

    @Test
    void a_wrong_command_line_is_told() {
        assertThat(run("--probers=0").exitCode()).isEqualTo(2);
        assertThat(run("--dataset=location").exitCode()).isEqualTo(2);
        assertThat(run("--thresholds=1").exitCode()).isEqualTo(2);
        assertThat(run("--budgets=0").exitCode()).isEqualTo(2);
        assertThat(run("--attack=steady").err()).anyMatch(line -> line.contains("steady is benign"));
    }
}
