// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.miasma.experiment.ExperimentResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages, objects and text of experiments. */
class ResultPagesTest {

    @TempDir
    Path folder;

    @Test
    void a_page_has_the_command_that_makes_it_and_what_was_left_out() {
        String page = ResultMarkdown.page(SampleResults.result(), SampleResults.HEADER);

        assertThat(page)
                .startsWith("# A sample\n\nWhat was done. And how.\n")
                .contains("```sh\n./miasma reproduce sample --data-dir DIR --quick --seed 7\n```")
                .contains("Data sets: adult, mnist. Not there, and left out: news, cifar100. A quick run")
                .contains("](lines-3.svg)", "](heat-map-2.svg)", "- One seed only.");
    }

    @Test
    void every_row_of_a_table_has_as_many_cells_and_figures_stand_right() {
        String page = ResultMarkdown.page(SampleResults.result(), SampleResults.HEADER);

        List<String> table = page.lines()
                .dropWhile(line -> !line.startsWith("| data set"))
                .takeWhile(line -> line.startsWith("|"))
                .toList();
        assertThat(table)
                .containsExactly(
                        "| data set | ours | members | paper | why |",
                        "| --- | ---: | ---: | ---: | --- |",
                        "| a\\|b | 0.871 | 12,345 | 0.94 [P] | as \\<it\\> is |",
                        "| lfw | n/a | 5 | 0.5 [R] | |");
        assertThat(page.lines().filter(line -> line.startsWith("| ")).map(ResultPagesTest::cells))
                .containsOnly(5L, 3L);
    }

    @Test
    void checks_say_whether_they_hold_and_figures_where_they_are_from() {
        String page = ResultMarkdown.page(SampleResults.result(), SampleResults.HEADER);

        assertThat(page)
                .contains("| what the papers show | holds | seen |")
                .contains("| ours are above guessing | yes | 0.87 |")
                .contains("| more shadows \\*help\\* | **no** | 0.80 \\< 0.87 |")
                .contains("- Salem et al. 2019, figure 3 [P]: 0.94\n- Shokri et al. 2017, table II [R]: 0.5")
                .contains("[P] means read in the paper or its authors' code. [R] means from memory")
                .doesNotContain("[S]");
    }

    @Test
    void markup_in_words_is_escaped_and_names_stay_as_they_are() {
        assertThat(Markdown.escaped("a_b <b> | _x_\n`c` [d](e) ~f~ & g\\"))
                .isEqualTo("a_b \\<b\\> \\| \\_x\\_ \\`c\\` [d]\\(e) \\~f\\~ \\& g\\\\");
        assertThat(Markdown.escaped("# no heading")).isEqualTo("\\# no heading");
    }

    @Test
    void the_object_has_numbers_as_numbers_and_null_where_there_is_none() throws IOException {
        JsonNode json = new JsonMapper().readTree(ResultJson.of(List.of(SampleResults.result()), SampleResults.HEADER));

        assertThat(json.get("format").textValue()).isEqualTo("miasma-experiments");
        assertThat(json.get("seed").longValue()).isEqualTo(7);
        assertThat(json.get("quick").booleanValue()).isTrue();
        assertThat(json.get("checksThatHold").intValue()).isEqualTo(1);
        JsonNode experiment = json.get("experiments").get(0);
        JsonNode rows = experiment.get("tables").get(0).get("rows");
        assertThat(rows.get(0).toString()).isEqualTo("[\"a|b\",0.87123,12345,\"0.94 [P]\",\"as <it> is\"]");
        assertThat(rows.get(1).get(1).isNull()).isTrue();
        assertThat(experiment.get("tables").get(0).get("columns")).hasSize(5);
        assertThat(experiment.get("plots").get(0).get("file").textValue()).isEqualTo("lines-3.svg");
        assertThat(experiment.get("checks").get(1).get("holds").booleanValue()).isFalse();
        assertThat(experiment.get("notes").get(0).textValue()).isEqualTo("One seed only.");
        assertThat(experiment.get("paperFigures").get(1).get("certainty").textValue())
                .isEqualTo("recalled");
    }

    @Test
    void text_keeps_columns_in_line_and_calls_out_what_fails() {
        String text = ResultText.of(SampleResults.result());

        assertThat(text)
                .contains(
                        "  data set   ours  members     paper  why\n  a|b       0.871   12,345  0.94 [P]  as <it> is\n")
                .contains("  FAILS  more shadows *help* (0.80 < 0.87)")
                .doesNotEndWith("\n");
        assertThat(text.lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void the_folder_lists_results_of_earlier_runs_as_well() throws IOException {
        ExperimentResult first = SampleResults.result();
        ExperimentResult second = new ExperimentResult(
                "other", "Another", "", first.tables(), List.of(), List.of(), List.of(), List.of());
        new ResultFolder(folder).write(first, SampleResults.HEADER);
        ResultFolder results = new ResultFolder(folder);
        results.write(second, SampleResults.HEADER);
        Files.writeString(folder.resolve("third.json"), "{nonsense");

        results.writeIndex(List.of("other", "sample", "third", "fourth"));

        assertThat(Files.readString(folder.resolve("README.md")).lines().filter(line -> line.startsWith("| [")))
                .containsExactly(
                        "| [other](other.md) | Another | 0 of 0 | quick | 7 | adult, mnist |",
                        "| [sample](sample.md) | A sample | 1 of 2 | quick | 7 | adult, mnist |");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "README.md",
                            "sample.md",
                            "sample.json",
                            "lines-3.svg",
                            "heat-map-2.svg",
                            "other.md",
                            "other.json",
                            "third.json");
        }
    }

    @Test
    void refuses_a_name_that_leads_out_of_the_folder() {
        ExperimentResult good = SampleResults.result();
        ExperimentResult bad =
                new ExperimentResult("../up", "Up", "", good.tables(), List.of(), List.of(), List.of(), List.of());

        assertThatThrownBy(() -> new ResultFolder(folder).write(bad, SampleResults.HEADER))
                .hasMessage("name is '../up'; letters, digits and hyphens needed");
    }

    private static long cells(String row) {
        return row.replace("\\|", "").chars().filter(c -> c == '|').count() - 1;
    }
}
