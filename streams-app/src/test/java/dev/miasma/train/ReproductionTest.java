// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miasma.dataset.DatasetFinding;
import dev.miasma.experiment.Study;
import dev.miasma.fixtures.TinyExperiments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproductionTest {
    @TempDir
    Path folder;

    private Path data = Path.of("");
    private final Heard heard = new Heard();

    @BeforeEach
    void write_noise() throws IOException {
        data = folder.resolve("data");
        TinyExperiments.writeData(data);
    }

    @Test
    void trains_what_is_needed_then_runs_and_writes_each_experiment() throws IOException {
        ReproductionReport report = run(1);

        assertThat(heard.lines.getFirst()).isEqualTo("left out adult: not found");
        assertThat(heard.lines.subList(Study.ALL.size() - 1, heard.lines.size()))
                .first()
                .isEqualTo("kept 0 of 4");
        assertThat(heard.lines).endsWith("4 of 4", "run 1 of 2 smaller", "run 2 of 2 large");
        assertThat(report.checks()).isEqualTo(2);
        assertThat(report.failed()).containsExactly("large: the claim of large (seen)");
        assertThat(folder.resolve("results"))
                .isDirectoryContaining("glob:**/smaller.md")
                .isDirectoryContaining("glob:**/smaller-bars.svg")
                .isDirectoryContaining("glob:**/large.json")
                .isDirectoryContaining("glob:**/README.md");
    }

    @Test
    void goes_on_where_it_was_stopped_with_the_same_result_on_any_number_of_threads() throws IOException {
        ReproductionReport first = run(1);
        try (var answers = Files.list(folder.resolve("work"))) {
            Path one = answers.filter(file -> file.toString().contains("-60-"))
                    .findFirst()
                    .orElseThrow();
            Files.delete(one);
        }
        heard.lines.clear();

        ReproductionReport second = run(3);

        assertThat(heard.lines).contains("kept 3 of 4", "4 of 4");
        assertThat(second).isEqualTo(first);
    }

    @Test
    void trains_nothing_twice() throws IOException {
        run(2);
        heard.lines.clear();

        run(2);

        assertThat(heard.lines).contains("kept 4 of 4").doesNotContain("4 of 4");
    }

    @Test
    void a_part_of_a_data_set_is_used_and_said_to_be_one() throws IOException {
        Reproduction reproduction = TinyExperiments.reproduction(DatasetFinding.State.DIFFERENT);

        reproduction.run(request(List.of(), data, 1), "Miasma test", heard);

        assertThat(heard.lines).contains("differs location: nothing is there", "run 1 of 2 smaller");
    }

    @Test
    void an_experiment_without_its_data_set_is_left_out_and_one_alone_is_an_error() throws IOException {
        runNeedy(List.of());

        assertThat(heard.lines).contains("left out needy: none of its data sets is there", "run 1 of 1 smaller");
        assertThatThrownBy(() -> runNeedy(List.of("needy")))
                .isInstanceOf(ReproductionException.class)
                .hasMessageContaining("no experiment asked for has its data sets: there are location");
    }

    private ReproductionReport runNeedy(List<String> names) throws IOException {
        return TinyExperiments.needy().run(request(names, data, 1), "Miasma test", heard);
    }

    @Test
    void no_data_set_at_all_is_an_error_that_says_how_to_get_one() {
        Path empty = folder.resolve("empty");

        assertThatThrownBy(() -> TinyExperiments.reproduction().run(request(List.of(), empty, 1), "Miasma test", heard))
                .isInstanceOf(ReproductionException.class)
                .hasMessage("no data set in " + empty + " can be used; at least one of adult, mnist, location, cifar10,"
                        + " lfw, news, cifar100 needed: 'miasma datasets fetch NAME --data-dir " + empty
                        + "' gets one");
    }

    @Test
    void an_unknown_experiment_is_named_with_the_known_ones() {
        assertThatThrownBy(() ->
                        TinyExperiments.reproduction().run(request(List.of("big"), data, 1), "Miasma test", heard))
                .hasMessage("experiment is big; one of smaller, large needed");
    }

    @Test
    void a_file_that_is_gone_is_named() throws IOException {
        Files.delete(data.resolve("location/bangkok"));

        assertThatThrownBy(() -> run(1)).isInstanceOf(NoSuchFileException.class).hasMessageContaining("bangkok");
    }

    private ReproductionReport run(int threads) throws IOException {
        return TinyExperiments.reproduction().run(request(List.of(), data, threads), "Miasma test", heard);
    }

    private ReproductionRequest request(List<String> names, Path dataDir, int threads) {
        return new ReproductionRequest(
                names, dataDir, folder.resolve("work"), folder.resolve("results"), true, 1, threads);
    }

    /** Writes down what it hears. */
    private static final class Heard implements ReproductionProgress {
        private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void leftOut(String dataset, String reason) {
            lines.add("left out " + dataset + ": " + reason);
        }

        @Override
        public void differs(String dataset, String how) {
            lines.add("differs " + dataset + ": " + how);
        }

        @Override
        public void training(int kept, int of) {
            lines.add("kept " + kept + " of " + of);
        }

        @Override
        public void trained(int done, int of, String model) {
            lines.add(done + " of " + of);
        }

        @Override
        public void running(int number, int of, ExperimentTitle experiment) {
            lines.add("run " + number + " of " + of + " " + experiment.name());
        }
    }
}
