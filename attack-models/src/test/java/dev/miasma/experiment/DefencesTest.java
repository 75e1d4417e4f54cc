// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The experiment on made-up answers: nothing is trained. */
class DefencesTest {

    private static final int RECORDS = 100;

    @TempDir
    private Path folder;

    private final Defences experiment = new Defences();

    @Test
    void a_full_run_defends_the_training_on_three_data_sets_and_a_quick_one_on_location() {
        Study full = new Study(Study.ALL, false, 1);
        Study quick = new Study(Study.ALL, true, 1);

        assertThat(experiment.jobs(full).stream().map(ModelJob::dataset).distinct())
                .containsExactly("location", "news", "cifar100");
        assertThat(experiment.jobs(quick).stream().map(ModelJob::dataset).distinct())
                .containsExactly("location");
        assertThat(experiment.jobs(full))
                .contains(full.target("news"), full.target("news").shadow());
    }

    @Test
    void every_table_has_the_adaptive_attacker_before_the_naive_one() {
        Study study = new Study(List.of("location", "news"), false, 1);
        experiment.jobs(study).forEach(job -> makeUp(job, 1));

        ExperimentResult result = experiment.run(bench(), study);

        assertThat(result.tables()).hasSize(3).allSatisfy(table -> {
            assertThat(table.columns()).containsSubsequence("AUC", "naive: AUC");
            assertThat(table.rows()).hasSizeGreaterThan(2);
        });
        assertThat(result.plots())
                .extracting(Plot::name)
                .containsExactly("defences-answers", "defences-training-location", "defences-training-news");
        assertThat(result.plots()).allMatch(plot -> plot instanceof Plot.Points);
        // Bare answers have one attacker; what they are without a defence isn't shown as a defence of its own.
        ResultTable answers = result.tables().getFirst();
        assertThat(answers.rows().getFirst().getFirst().text()).isEqualTo("none");
        assertThat(answers.rows().getFirst().get(answers.columns().indexOf("naive: AUC")))
                .isEqualTo(Cell.NONE);
    }

    @Test
    void the_checks_hold_where_strong_l2_hides_members_and_fail_where_it_does_not() {
        Study study = new Study(List.of("location"), true, 1);
        experiment.jobs(study).forEach(job -> makeUp(job, 1));
        assertThat(check("strong L2").holds()).isFalse();

        experiment.jobs(study).forEach(job -> makeUp(job, job.defence().id().equals("l2-0.03") ? 0 : 1));

        assertThat(check("strong L2").holds()).isTrue();
        assertThat(check("top3 barely helps").holds()).isTrue();
        assertThat(check("label still leaks").holds()).isTrue();
    }

    private Check check(String claim) {
        return experiment.run(bench(), new Study(List.of("location"), true, 1)).checks().stream()
                .filter(check -> check.claim().contains(claim))
                .findFirst()
                .orElseThrow();
    }

    private Workbench bench() {
        return new Workbench(
                folder,
                folder,
                () -> {
                    throw new AssertionError("no network is trained here");
                },
                2);
    }

    /** Answers of a model that is surer of its members by so much of what is usual. */
    private void makeUp(ModelJob job, double leak) {
        MadeUpAnswers.write(folder, job, RECORDS, 2 + 4 * leak, 2);
    }
}
