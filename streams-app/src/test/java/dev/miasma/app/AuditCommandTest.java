// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AuditCommandTest {

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void audits_with_a_shadow_into_a_report_and_one_json_object() throws IOException {
        Path shadow = answers("shadow.csv", 1, 60);
        Path target = answers("target.csv", 2, 80);
        Path report = folder.resolve("new/report.html");

        int exit = run(
                "--shadow",
                shadow.toString(),
                "--target",
                target.toString(),
                "-o",
                report.toString(),
                "--json",
                "--bootstrap",
                "20");

        assertThat(exit).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.get("attacks").findValuesAsText("name"))
                .contains("gap", "ml-leaks-adversary-1", "shokri-per-class", "learned");
        for (JsonNode attack : json.get("attacks")) {
            assertThat(attack.get("source").isTextual()).isTrue();
            assertThat(List.of("auc", "balancedAccuracy", "precision", "recall"))
                    .as(attack.get("name").textValue())
                    .allMatch(figure -> attack.get(figure).isNumber());
            assertThat(List.of("0.1", "0.01", "0.001")).allMatch(attack.get("tprAt")::has);
        }
        assertThat(json.get("inputs").toString()).isEqualTo("[\"shadow.csv\",\"target.csv\"]");
        assertThat(Files.readString(report)).startsWith("<!DOCTYPE html>");
    }

    @Test
    void audits_a_target_that_it_trains_on_a_data_set_and_keeps_its_answers() throws IOException {
        Path data = SharedData.require("location");
        Path work = folder.resolve("work");
        String[] command = {
            "--dataset",
            "location",
            "--data-dir",
            data.toString(),
            "--family",
            "logistic",
            "--member-count",
            "150",
            "--work",
            work.toString(),
            "-o",
            folder.resolve("r.html").toString(),
            "--bootstrap",
            "0",
            "--json"
        };

        int exit = run(command);

        assertThat(exit).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.get("memberAccuracy").doubleValue()).isEqualTo(1);
        assertThat(json.get("protocol").textValue()).contains("shadow model's answers to 150 members");
        assertThat(err.toString()).contains("2 of 2");
        assertThat(work.resolve("location-logistic-150-target-seed1.csv.gz")).exists();
    }

    @Test
    void names_a_data_set_or_family_that_is_not_there() {
        assertThat(run("--dataset", "iris", "--data-dir", ".")).isEqualTo(2);
        assertThat(err.toString()).contains("--dataset is iris: must be one of location");
        assertThat(run("--dataset", "location", "--data-dir", ".", "--family", "svm"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--family is svm: must be one of network");
        assertThat(run("--dataset", "location", "--data-dir", folder.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("bangkok");
    }

    @Test
    void audits_two_files_without_a_shadow() throws IOException {
        Path both = answers("both.csv", 3, 40);
        Path records = folder.resolve("records.csv");

        int exit = run(
                "--members",
                both.toString(),
                "--nonmembers",
                both.toString(),
                "--bootstrap",
                "0",
                "-o",
                folder.resolve("r.html").toString(),
                "--records",
                records.toString());

        assertThat(exit).isZero();
        assertThat(out.toString()).contains("5-fold cross-validation").contains("Report written to");
        assertThat(Files.readAllLines(records)).hasSize(81);
    }

    @Test
    void tries_defences_with_a_shadow() throws IOException {
        Path report = folder.resolve("report.html");

        int exit = run(
                "--shadow",
                answers("shadow.csv", 1, 120).toString(),
                "--target",
                answers("target.csv", 2, 120).toString(),
                "-o",
                report.toString(),
                "--json",
                "--bootstrap",
                "0",
                "--defences",
                "top1, label,round1+temperature2",
                "--defence-target",
                "0.05");

        assertThat(exit).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.get("defences").findValuesAsText("name"))
                .containsExactly("top1", "label", "round1+temperature2");
        for (JsonNode defence : json.get("defences")) {
            assertThat(defence.get("adaptive").get("auc").isNumber()).isTrue();
            assertThat(defence.get("naive").get("auc").isNumber()).isTrue();
        }
        assertThat(json.get("defenceTarget").doubleValue()).isEqualTo(0.05);
        assertThat(Files.readString(report)).contains("id=\"defences-plot-title\"");
    }

    @Test
    void a_defence_that_cannot_be_tried_is_a_wrong_command_line() throws IOException {
        String file = answers("target.csv", 2, 10).toString();

        assertThat(run("--target", file, "--defences", "label")).isEqualTo(2);
        assertThat(err.toString()).contains("--defences needs --shadow or --dataset");
        assertThat(run("--target", file, "--shadow", file, "--defences", "top3,noise"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--defences: defence is 'noise'; top3, round2");
        assertThat(run("--target", file, "--shadow", file, "--defences", "all", "--defence-target", "0.01"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("TPR at 1 % FPR is 0.01; above 0.01");
    }

    @Test
    void a_wrong_command_line_is_2() throws IOException {
        Path target = answers("target.csv", 2, 10);

        assertThat(run()).isEqualTo(2);
        assertThat(run("--target", target.toString(), "--members", target.toString()))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("either --target, or both --members and --non-members, or --dataset and --data-dir, needed");
    }

    private int run(String... args) {
        CommandLine command = new CommandLine(new AuditCommand());
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        return command.execute(args);
    }

    private Path answers(String name, long seed, int each) throws IOException {
        Random random = new Random(seed);
        StringBuilder csv = new StringBuilder("member,label,p0,p1\n");
        for (int i = 0; i < 2 * each; i++) {
            int label = random.nextInt(2);
            double right = 1 / (1 + Math.exp(-random.nextGaussian() - (i < each ? 3 : 1)));
            csv.append(String.format(
                    Locale.ROOT,
                    "%d,%d,%.6f,%.6f%n",
                    i < each ? 1 : 0,
                    label,
                    label == 0 ? right : 1 - right,
                    label == 0 ? 1 - right : right));
        }
        return Files.writeString(folder.resolve(name), csv);
    }
}
