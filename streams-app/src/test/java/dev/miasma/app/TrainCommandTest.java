// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TrainCommandTest {
    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();

    private int train(String... more) {
        String[] arguments = new String[5 + more.length];
        arguments[0] = "--members=" + folder.resolve("members.csv");
        arguments[1] = "--non-members=" + folder.resolve("others.csv");
        arguments[2] = "--output=" + folder.resolve("models/default.json");
        arguments[3] = "--seed=7";
        arguments[4] = "--date=2026-01-01";
        System.arraycopy(more, 0, arguments, 5, more.length);
        return new CommandLine(new TrainCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(new StringWriter()))
                .execute(arguments);
    }

    /** Posteriors over two classes whose larger probability is about the given confidence. */
    private void write(String name, int rows, double confidence) throws IOException {
        Random random = new Random(name.hashCode());
        StringBuilder csv = new StringBuilder("p0,p1\n");
        for (int row = 0; row < rows; row++) {
            double p = Math.clamp(confidence + random.nextGaussian() * 0.05, 0.5, 0.999);
            csv.append(String.format(Locale.ROOT, "%.6f,%.6f%n", p, 1 - p));
        }
        Files.writeString(folder.resolve(name), csv);
    }

    @Test
    void trains_a_model_that_tells_members_from_others() throws IOException {
        write("members.csv", 400, 0.9);
        write("others.csv", 2000, 0.7);

        int code = train("--json");

        JsonNode result = new JsonMapper().readTree(out.toString());
        assertThat(code).isZero();
        assertThat(result.path("auc").asDouble()).isGreaterThan(0.95);
        assertThat(result.path("tprAt1Percent").asDouble()).isGreaterThan(0.5);
        assertThat(result.path("tprAt0.1Percent").isNumber()).isTrue();
        assertThat(result.path("calibrationNonMembers").asInt()).isEqualTo(1000);
        assertThat(result.path("budgetGuaranteed").asBoolean()).isTrue();
        assertThat(folder.resolve("models/default.json")).exists();
    }

    @Test
    void says_in_words_what_came_of_it_and_that_a_small_calibration_promises_nothing() throws IOException {
        write("members.csv", 100, 0.9);
        write("others.csv", 100, 0.7);

        int code = train();

        assertThat(code).isZero();
        assertThat(out.toString())
                .contains("evaluated on      50 members and 50 non-members it was not fitted on")
                .contains("TPR at 10 % FPR")
                .contains("TPR at 0.1 % FPR  not resolvable with so few non-members")
                .contains("NOT guaranteed");
    }

    @Test
    void the_same_seed_and_date_write_the_same_file() throws IOException {
        write("members.csv", 200, 0.9);
        write("others.csv", 200, 0.7);
        train();
        String first = Files.readString(folder.resolve("models/default.json"));

        train();

        assertThat(folder.resolve("models/default.json")).hasContent(first);
    }

    @Test
    void labels_in_the_files_change_nothing() throws IOException {
        write("members.csv", 200, 0.9);
        write("others.csv", 200, 0.7);
        train("--json");
        JsonNode without = new JsonMapper().readTree(out.toString());
        for (String name : new String[] {"members.csv", "others.csv"}) {
            String csv = Files.readString(folder.resolve(name));
            Files.writeString(
                    folder.resolve(name), csv.replace("p0,p1", "label,p0,p1").replaceAll("(?m)^0", "1,0"));
        }
        out.getBuffer().setLength(0);

        train("--json");

        JsonNode with = new JsonMapper().readTree(out.toString());
        assertThat(with.path("auc").asDouble()).isEqualTo(without.path("auc").asDouble());
    }

    @Test
    void writes_a_model_for_each_defence_beside_the_normal_one_which_stays_the_same() throws IOException {
        write("members.csv", 400, 0.9);
        write("others.csv", 2000, 0.7);
        train();
        String bare = Files.readString(folder.resolve("models/default.json"));
        out.getBuffer().setLength(0);

        int code = train("--json", "--defences=top1,round1+top1,label");

        JsonNode result = new JsonMapper().readTree(out.toString());
        assertThat(code).isZero();
        assertThat(folder.resolve("models/default.json")).hasContent(bare);
        assertThat(result.path("defences")).hasSize(2);
        JsonNode top = result.path("defences").get(0);
        JsonNode rounded = result.path("defences").get(1);
        assertThat(top.path("defence").asText()).isEqualTo("top1");
        assertThat(top.path("file").asText()).endsWith("default+top1.json");
        // Of two classes the highest tells all there is, and one digit most of it.
        assertThat(top.path("auc").asDouble()).isEqualTo(result.path("auc").asDouble());
        assertThat(rounded.path("auc").asDouble())
                .isBetween(0.9, result.path("auc").asDouble());
        assertThat(Files.readString(folder.resolve("models/default+round1+top1.json")))
                .contains("with round1+top1 before all answers");
        assertThat(folder.resolve("models/default+label.json")).doesNotExist();
    }

    @Test
    void says_what_each_defence_leaves_an_attacker() throws IOException {
        write("members.csv", 200, 0.9);
        write("others.csv", 200, 0.7);

        int code = train("--defences", "top1,label");

        assertThat(code).isZero();
        assertThat(out.toString())
                .contains("by an attacker who knows of it", "default+top1.json")
                .contains("There is no attack model for label");
    }

    @Test
    void refuses_what_is_no_defence_before_it_writes_anything() throws IOException {
        write("members.csv", 200, 0.9);
        write("others.csv", 200, 0.7);

        CommandLineRun run = CommandLineRun.of(
                "train",
                "--members=" + folder.resolve("members.csv"),
                "--non-members=" + folder.resolve("others.csv"),
                "--output=" + folder.resolve("models/default.json"),
                "--defences=top3,rond2");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).singleElement().asString().contains("--defences: defence is 'rond2'");
        assertThat(folder.resolve("models/default.json")).doesNotExist();
    }
}
