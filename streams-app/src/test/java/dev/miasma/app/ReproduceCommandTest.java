// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.miasma.fixtures.TinyExperiments;
import dev.miasma.train.ExperimentTitle;
import dev.miasma.train.Reproduction;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReproduceCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void lists_the_experiments_there_are() throws IOException {
        assertThat(run("--list")).isZero();

        assertThat(out.toString().lines())
                .containsExactly("smaller  Experiment on smaller", "large    Experiment on large");
        assertThat(run("--list", "--json")).isZero();
        assertThat(new JsonMapper()
                        .readTree(out.toString().lines().toList().getLast())
                        .get(1)
                        .get("name")
                        .asText())
                .isEqualTo("large");
    }

    @Test
    void lists_what_the_library_has() {
        CommandLineRun run = CommandLineRun.of("reproduce", "--list");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().stream().map(line -> line.split(" ", 2)[0]))
                .containsExactlyElementsOf(new Reproduction()
                        .experiments().stream().map(ExperimentTitle::name).toList());
    }

    @Test
    void a_wrong_command_line_is_2_and_says_what_is_needed() {
        assertThat(run("big", "--data-dir", "x")).isEqualTo(2);
        assertThat(err.toString()).contains("EXPERIMENT is big: must be one of smaller, large");
        assertThat(run("large")).isEqualTo(2);
        assertThat(err.toString()).contains("--data-dir is missing: must be the folder of the data sets");
        assertThat(run("--data-dir", "x", "--threads", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--threads is 0: must be at least 1");
    }

    @Test
    void no_data_set_is_1_with_one_line_that_says_why() {
        CommandLineRun run = CommandLineRun.of("reproduce", "--data-dir", folder.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).hasSize(8).contains("left out: adult, not found");
        assertThat(run.err().getLast()).startsWith("miasma: no data set in " + folder + " can be used;");
    }

    @Test
    void prints_results_and_calls_out_checks_that_fail_without_failing_itself() throws IOException {
        int exitCode = reproduce();

        assertThat(exitCode).isZero();
        assertThat(out.toString())
                .contains("Experiment on smaller\n=====")
                .contains("1 of 2 checks hold; these don't:", "  large: the claim of large (seen)")
                .contains("Pages and plots are in " + folder.resolve("results"));
        assertThat(err.toString())
                .contains("left out: news, not found")
                .contains("4 models needed, 0 kept from earlier runs")
                .contains("experiment 2 of 2: Experiment on large (large)");
    }

    @Test
    void is_1_if_a_check_fails_and_that_was_asked_for() throws IOException {
        assertThat(reproduce("--strict")).isEqualTo(1);
        assertThat(reproduce("--strict", "smaller")).isZero();
    }

    @Test
    void gives_one_json_object_and_the_summary_beside_it() throws IOException {
        reproduce("large", "--json", "--quick", "--seed", "9");

        JsonNode json = new JsonMapper().readTree(out.toString());
        assertThat(json.get("experiments")).hasSize(1);
        assertThat(json.get("seed").asInt()).isEqualTo(9);
        assertThat(json.get("datasets").toString()).isEqualTo("[\"location\"]");
        assertThat(json.get("leftOut")).hasSize(6);
        assertThat(err.toString()).contains("0 of 1 checks hold; these don't:");
        assertThat(Files.readString(folder.resolve("results/README.md"))).contains("[large](large.md)");
    }

    @Test
    void progress_is_one_line_on_a_terminal_and_lines_now_and_then_elsewhere() {
        StringWriter terminal = new StringWriter();
        StringWriter file = new StringWriter();
        long[] nanos = {0};
        try (ReproduceView on = new ReproduceView(new PrintWriter(terminal), true, () -> nanos[0]);
                ReproduceView off = new ReproduceView(new PrintWriter(file), false, () -> nanos[0])) {
            on.training(4, 20);
            off.training(4, 20);
            for (int done = 5; done <= 20; done++) {
                nanos[0] += 3_000_000_000L;
                on.trained(done, 20, "adult-network-50epochs-10000-real-pool" + done + "-seed1");
                off.trained(done, 20, "adult-network");
            }
        }

        assertThat(file.toString().lines())
                .startsWith(
                        "20 models needed, 4 kept from earlier runs",
                        "6 of 20 models  0:06  adult-network",
                        "8 of 20 models  0:12  adult-network",
                        "10 of 20 models  0:18  at most 1 min left  adult-network")
                .endsWith("20 of 20 models  0:48  adult-network");
        assertThat(terminal.toString())
                .contains("\r\u001b[2K[##        ]  4 of 20 models  0:00")
                .contains("20 of 20 models  0:48  adult-network-50epochs-10000-real-pool20-seed1");
        assertThat(terminal.toString().split("[\r\n]+"))
                .filteredOn(line -> line.contains("[#"))
                .allMatch(line -> line.replace("\u001b[2K", "").length() <= 79);
    }

    @Test
    void stopped_it_says_so_once_and_nothing_after() {
        StringWriter text = new StringWriter();
        try (ReproduceView view = new ReproduceView(new PrintWriter(text), true, () -> 0)) {
            view.training(0, 3);
            view.stopped();
            view.trained(1, 3, "late");
            view.stopped();
        }

        assertThat(text.toString())
                .endsWith("stopped: nothing is lost, the same command goes on from here" + System.lineSeparator());
    }

    private int reproduce(String... more) throws IOException {
        TinyExperiments.writeData(folder.resolve("data"));
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.addAll(List.of(
                "--data-dir",
                folder.resolve("data").toString(),
                "--work",
                folder.resolve("work").toString(),
                "--output",
                folder.resolve("results").toString(),
                "--threads",
                "2"));
        return run(arguments.toArray(String[]::new));
    }

    private int run(String... arguments) {
        return new CommandLine(new ReproduceCommand(TinyExperiments.reproduction()))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
