// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.dataset.PosteriorSet;
import dev.miasma.fixtures.SharedFolder;
import dev.miasma.fixtures.Trainers;
import dev.miasma.target.network.NetworkTrainer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The experiments on made-up answers: what they need, and that their tables and pictures are whole. */
class ExperimentsTest {

    private static final int RECORDS = 150;

    @TempDir
    private Path folder;

    @Test
    void names_are_fit_for_a_command_line_and_differ() {
        assertThat(Experiments.all().stream().map(Experiment::name))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z0-9-]+"));
    }

    @Test
    void without_data_sets_there_is_nothing_to_train() {
        Study nothing = new Study(List.of(), false, 1);

        assertThat(Experiments.all())
                .allSatisfy(experiment -> assertThat(experiment.jobs(nothing)).isEmpty());
    }

    @Test
    void a_quick_run_trains_on_fewer_records_in_all() {
        assertThat(cost(new Study(Study.ALL, true, 1))).isLessThan(cost(new Study(Study.ALL, false, 1)) / 3);
    }

    @Test
    void every_experiment_fills_its_tables_and_pictures() {
        NetworkTrainer networks = Trainers.requireNetworks();
        Path data = SharedFolder.require("data");
        Study study = new Study(List.of("adult", "location", "news", "cifar100"), true, 1);
        Workbench bench = new Workbench(data, folder, () -> networks, 2);

        for (Experiment experiment : Experiments.all()) {
            if (experiment instanceof ShokriShadowData) {
                // It needs a target to climb on, not only its answers.
                continue;
            }
            experiment.jobs(study).forEach(this::makeUp);

            ExperimentResult result = experiment.run(bench, study);

            assertThat(result.name()).isEqualTo(experiment.name());
            assertThat(result.tables())
                    .isNotEmpty()
                    .allSatisfy(table -> assertThat(table.rows()).isNotEmpty());
            assertThat(result.checks()).isNotEmpty();
            assertThat(result.plots()).isNotEmpty().allSatisfy(ExperimentsTest::assertWhole);
        }
    }

    @Test
    void a_leaking_target_passes_the_checks_of_adversary_1_and_one_that_does_not_leak_fails_them() {
        NetworkTrainer networks = Trainers.requireNetworks();
        Study study = new Study(List.of("news"), true, 1);
        ModelJob target = study.target("news");
        AnswerStore store = new AnswerStore(folder);
        AdversaryOne experiment = new AdversaryOne();

        makeUp(target);
        makeUp(target.shadow());
        assertThat(experiment
                        .run(new Workbench(folder, folder, () -> networks, 1), study)
                        .checks())
                .allMatch(Check::holds);

        PosteriorSet same = MadeUpAnswers.of(new Random(5), RECORDS, 20, 1);
        store.write(target.key(), new ModelAnswers(same, same));
        assertThat(experiment
                        .run(new Workbench(folder, folder, () -> networks, 1), study)
                        .checks())
                .noneMatch(Check::holds);
    }

    /** Answers of a model that is surer of its members, under the names the job's would have. */
    private void makeUp(ModelJob job) {
        MadeUpAnswers.write(folder, job, RECORDS, 6, 1);
    }

    private static void assertWhole(Plot plot) {
        switch (plot) {
            case Plot.Lines lines ->
                assertThat(lines.series())
                        .isNotEmpty()
                        .allSatisfy(series -> assertThat(series.values()).hasSameSizeAs(lines.ticks()));
            case Plot.Bars bars ->
                assertThat(bars.series())
                        .isNotEmpty()
                        .allSatisfy(series -> assertThat(series.values()).hasSameSizeAs(bars.groups()));
            case Plot.HeatMap map ->
                assertThat(map.values())
                        .hasSameSizeAs(map.rows())
                        .allSatisfy(row -> assertThat(row).hasSameSizeAs(map.columns()));
            case Plot.Points points -> assertThat(points.points()).isNotEmpty();
        }
    }

    private static long cost(Study study) {
        return new AdversaryOne()
                .jobs(study).stream()
                        .mapToLong(job -> (long) job.members() * job.epochs())
                        .sum();
    }
}
