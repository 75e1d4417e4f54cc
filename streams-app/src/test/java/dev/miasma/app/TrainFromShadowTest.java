// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code train --from shadow} on a file of one's own, with shadows that need no PyTorch. */
class TrainFromShadowTest {
    private static final int CLASSES = 3;

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void data_of_three_classes() throws IOException {
        writeData(1);
    }

    private void writeData(long seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder csv = new StringBuilder("a,b,c,d,label\n");
        for (int row = 0; row < 240; row++) {
            int label = random.nextInt(CLASSES);
            for (int feature = 0; feature < 4; feature++) {
                csv.append(String.format(Locale.ROOT, "%.4f,", 0.3 * label + random.nextGaussian()));
            }
            csv.append("class-").append(label).append('\n');
        }
        Files.writeString(folder.resolve("mine.csv"), csv);
    }

    private CommandLineRun train(String output, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "--from=shadow",
                "--data=" + folder.resolve("mine.csv"),
                "--work=" + folder.resolve("work"),
                "--output=" + folder.resolve(output),
                "--seed=7",
                "--date=2026-01-01"));
        arguments.addAll(List.of(more));
        if (arguments.stream().noneMatch(argument -> argument.startsWith("--family"))) {
            arguments.add("--family=forest-votes");
        }
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    private static JsonNode json(CommandLineRun run) throws IOException {
        assertThat(run.exitCode()).as(String.join("\n", run.err())).isZero();
        assertThat(run.out()).hasSize(1);
        return new JsonMapper().readTree(run.out().getFirst());
    }

    private String model(String output) throws IOException {
        return Files.readString(folder.resolve(output));
    }

    @Test
    void an_overfitted_shadow_gives_an_attack_and_no_guarantee() throws IOException {
        JsonNode result = json(train("model.json", "--json"));

        assertThat(result.path("shadows").path("count").asInt()).isEqualTo(1);
        assertThat(result.path("shadows").path("trainAccuracy").asDouble()).isGreaterThan(0.95);
        assertThat(result.path("shadows").path("testAccuracy").asDouble()).isLessThan(0.8);
        assertThat(result.path("auc").asDouble()).isGreaterThan(0.8);
        assertThat(result.path("evaluatedMembers").asInt()).isEqualTo(60);
        assertThat(result.path("budgetGuaranteed").asBoolean()).isFalse();
        assertThat(model("model.json")).contains("\"shadow-non-members\"", "ML-Leaks adversary 1");
    }

    @Test
    void says_in_words_what_came_of_it() {
        CommandLineRun run = train("model.json");

        assertThat(String.join("\n", run.out()))
                .contains("shadow model      accuracy 1.000 on training records, ", "a gap of 0.")
                .contains("that is           of a member and a non-member, ")
                .contains("alert budget      NOT guaranteed: it is calibrated on a shadow model; give --non-members")
                .contains("note              Evaluated on the shadows themselves");
        assertThat(run.err()).anySatisfy(line -> assertThat(line).startsWith("1 of 1 models trained: csv-"));
    }

    @Test
    void answers_kept_from_before_give_the_same_file_without_training() throws IOException {
        train("first.json", "--shadows=3", "--threads=1");

        CommandLineRun again = train("second.json", "--shadows=3", "--threads=2");

        assertThat(again.err()).noneMatch(line -> line.contains("models trained"));
        assertThat(model("second.json")).isEqualTo(model("first.json")).contains("Shokri et al. 2017", "per-class");
    }

    @Test
    void answers_kept_from_other_data_are_not_taken_for_this_ones() throws IOException {
        train("first.json");
        writeData(2);

        train("second.json");

        assertThat(model("second.json")).isNotEqualTo(model("first.json"));
        try (var kept = Files.list(folder.resolve("work"))) {
            assertThat(kept).hasSize(2);
        }
    }

    @Test
    void enough_answers_of_the_watched_model_guarantee_the_budget() throws IOException {
        Random random = new Random(5);
        StringBuilder csv = new StringBuilder();
        for (int row = 0; row < 1000; row++) {
            double p = 0.4 + 0.6 * random.nextDouble();
            csv.append(String.format(Locale.ROOT, "%.6f,%.6f,%.6f%n", p, 0.7 * (1 - p), 0.3 * (1 - p)));
        }
        Files.writeString(folder.resolve("others.csv"), csv);

        JsonNode result = json(train("model.json", "--non-members=" + folder.resolve("others.csv"), "--json"));

        assertThat(result.path("budgetGuaranteed").asBoolean()).isTrue();
        assertThat(result.path("calibrationNonMembers").asInt()).isEqualTo(1000);
        assertThat(result.has("auc")).isFalse();
    }

    @Test
    void the_universal_model_is_calibrated_on_answers_of_the_watched_model() throws IOException {
        Random random = new Random(5);
        StringBuilder csv = new StringBuilder();
        for (int row = 0; row < 1000; row++) {
            double p = 0.5 + 0.5 * random.nextDouble();
            csv.append(String.format(Locale.ROOT, "%.6f,%.6f%n", p, 1 - p));
        }
        Files.writeString(folder.resolve("others.csv"), csv);

        JsonNode result = json(CommandLineRun.of(
                "train",
                "--from=universal",
                "--non-members=" + folder.resolve("others.csv"),
                "--output=" + folder.resolve("model.json"),
                "--json"));

        assertThat(result.path("budgetGuaranteed").asBoolean()).isTrue();
        assertThat(result.path("transfer").size()).isPositive();
        assertThat(model("model.json")).contains("\"non-members\"", "the attack of universal model");
    }

    @Test
    void answers_over_other_classes_are_refused_before_anything_is_trained() throws IOException {
        Files.writeString(folder.resolve("others.csv"), "0.5,0.5\n");

        CommandLineRun run = train("model.json", "--non-members=" + folder.resolve("others.csv"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).singleElement().asString().contains("have 2 classes; 3 needed");
        assertThat(folder.resolve("work")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--records=121      | --records is 121; 1 to 120 needed, half of the 240 records",
                "--records=0        | --records is 0; at least 1 needed",
                "--shadows=0        | --shadows is 0; 1 to 1000 needed",
                "--threads=0        | --threads is 0; at least 1 needed",
                "--family=tree      | model family is 'tree'; one of network, forest,",
                "--attack=guessing  | --attack is 'guessing'; one of logistic, network, per-class needed",
                "--label=class      | header has no column 'class'"
            })
    void a_wrong_value_is_named_with_its_bound(String option, String message) {
        CommandLineRun run = train("model.json", option);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).singleElement().asString().startsWith("miasma: ").contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--from=shadow                             | Missing required option with --from shadow: --data",
                "--from=universal                          | --from universal needs either --data-dir, to make it, or",
                "--from=universal --data-dir=x --non-members=y | --from universal needs either --data-dir",
                "--members=a.csv                           | Missing required option with --from owner: --non-members",
                "--from=universal --data-dir=x --shadows=2 | --shadows does not go with --from universal",
                "--members=a --non-members=b --family=x    | --family does not go with --from owner",
                "--from=shadow --data=a --members=b        | --members needs --non-members as well",
                "--from=nowhere                            | 'nowhere'"
            })
    void options_that_do_not_go_together_are_refused(String options, String message) {
        CommandLineRun run = CommandLineRun.of(("train " + options).split(" +"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().getFirst()).contains(message);
    }

    @Test
    void a_universal_model_wants_two_data_sets() {
        CommandLineRun run = CommandLineRun.of(
                "train", "--from=universal", "--data-dir=" + folder, "--output=" + folder + "/m.json");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).singleElement().asString().contains("are []; at least 2 of [adult, mnist,");
    }

    @Test
    void writes_a_model_for_each_defence_of_the_same_shadows() throws IOException {
        JsonNode result = json(train("m.json", "--json", "--shadows=2", "--defences=top1,round1"));

        assertThat(result.path("defences")).hasSize(2).allSatisfy(model -> {
            assertThat(model.path("shadows").path("count").asInt()).isEqualTo(2);
            assertThat(Path.of(model.path("file").asText())).exists();
        });
        assertThat(model("m+top1.json"))
                .contains("with top1 before all answers")
                .isNotEqualTo(model("m.json"));
    }
}
