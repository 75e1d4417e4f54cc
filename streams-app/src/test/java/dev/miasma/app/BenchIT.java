// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each measurement at a size that measures nothing: what it prints is whole and sane. */
class BenchIT {
    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pipeline --queries 2000 --clients 200 | keyedOverDecodeOnly repartitionedOverDecodeOnly"
                        + " keyedOverPlainStore keyedOverTreeOnly decodeOnlyOverRaw keyedPerSecond keyedOverPlainStoreByCpu",
                "score --classes 10,3 | networkNanos networkOverPass thresholdTop1Nanos perClassNetworkNanos",
                "detect --clients 4 | defaultSensorsNanos withoutFeaturesOverDefault climbOnlyNanos"
                        + " batchRowOverSingleEvent batchRowOverSingleEventWithoutFeatures",
                "memory --queries 2000 --clients 50,500 | costGrowth stateBytes128 storedBytes32 storedBytesWithRing128"
                        + " storedBytesOfZipf heapBytes",
                "latency --queries 2000 --clients 50 --seconds 6 | latencyP50Millis latencyP99Millis latencyMaxMillis"
                        + " alerts bearsPerSecond inputMaxMillis",
                "restore --queries 2000 --clients 200 | startSeconds restoreSeconds restoreOverRawRead",
                "scaling --queries 2000 --clients 200 | costOverDecode hopCostOverDecode throughputOverFirst"
            })
    void prints_one_object_with_positive_figures_beside_settings_and_machine(String arguments, String figures)
            throws Exception {
        List<String> command = new ArrayList<>(List.of("bench"));
        command.addAll(List.of(arguments.split(" ")));
        command.addAll(List.of("--quick", "--rounds", "1", "--json", "--output", folder.toString()));

        CommandLineRun run = CommandLineRun.of(command.toArray(String[]::new));

        assertThat(run.exitCode()).as(String.join("\n", run.err())).isZero();
        assertThat(run.out()).hasSize(1);
        JsonNode json = new JsonMapper().readTree(run.out().getFirst());
        for (String figure : figures.split(" ")) {
            assertThat(json.path(figure).doubleValue()).as(figure).isPositive().isFinite();
            JsonNode details = json.path("figures").path(figure);
            assertThat(details.path("least").doubleValue())
                    .as(figure)
                    .isLessThanOrEqualTo(details.path("median").doubleValue());
            assertThat(details.path("most").doubleValue())
                    .as(figure)
                    .isGreaterThanOrEqualTo(details.path("median").doubleValue());
        }
        assertThat(json.path("settings")).isNotEmpty();
        assertThat(json.path("runs").path(0).path("figures")).isEqualTo(json.path("figures"));
        assertThat(json.path("machine").path("cores").intValue()).isPositive();
        String kind = command.get(1);
        assertThat(Files.readString(folder.resolve(kind + ".svg")))
                .startsWith("<svg")
                .contains("</svg>");
        assertThat(Files.readString(folder.resolve(kind + ".md"))).contains("./miasma bench " + kind);
    }

    @Test
    void measures_with_a_setting_and_says_so() throws Exception {
        CommandLineRun run = CommandLineRun.of(
                "bench",
                "pipeline",
                "--quick",
                "--rounds",
                "1",
                "--queries",
                "2000",
                "--clients",
                "50",
                "--json",
                "--set",
                "state.cache.bytes=0");

        assertThat(run.exitCode()).as(String.join("\n", run.err())).isZero();
        assertThat(new JsonMapper()
                        .readTree(run.out().getFirst())
                        .at("/settings/settings/state.cache.bytes")
                        .asText())
                .isEqualTo("0");
    }

    @Test
    void holds_batch_events_against_events_of_one_query() throws Exception {
        CommandLineRun run = CommandLineRun.of(
                "bench",
                "pipeline",
                "--quick",
                "--rounds",
                "1",
                "--queries",
                "2003",
                "--clients",
                "50",
                "--rows",
                "1,20",
                "--json");

        assertThat(run.exitCode()).as(String.join("\n", run.err())).isZero();
        JsonNode batches = new JsonMapper().readTree(run.out().getFirst()).at("/runs/1");
        assertThat(batches.at("/settings/rows").intValue()).isEqualTo(20);
        assertThat(batches.at("/settings/queries").intValue()).isEqualTo(2000);
        assertThat(batches.path("keyedCostOverFirst").doubleValue()).isPositive();
        assertThat(batches.path("decodeCostOverFirst").doubleValue()).isPositive();
    }

    @Test
    void refuses_a_setting_that_the_monitor_does_not_know() {
        CommandLineRun run = CommandLineRun.of("bench", "pipeline", "--quick", "--set", "state.cache=0");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).anyMatch(line -> line.contains("unknown configuration key 'state.cache'"));
    }

    @Test
    void says_which_option_is_out_of_bounds() {
        CommandLineRun run = CommandLineRun.of("bench", "pipeline", "--classes", "1");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).anyMatch(line -> line.contains("--classes has 1: each must be 2 to 1000"));
    }
}
