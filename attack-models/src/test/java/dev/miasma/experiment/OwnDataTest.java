// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miasma.attack.ModelFile;
import dev.miasma.dataset.PurchaseLike;
import dev.miasma.fixtures.Trainers;
import dev.miasma.target.network.NetworkTrainer;
import dev.miasma.training.AttackFitter;
import dev.miasma.training.ManyShadows;
import dev.miasma.training.TrainingOptions;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shadows on records that aren't in the catalogue. */
class OwnDataTest {

    @TempDir
    private Path folder = Path.of("");

    private Workbench bench(String work, NetworkTrainer networks, int threads) {
        Workbench bench = new Workbench(folder, folder.resolve(work), () -> networks, threads);
        bench.add("mine", PurchaseLike.generate(1, 400, 30, 4, 0.3));
        return bench;
    }

    private static List<ModelJob> jobs(ModelFamily family) {
        return IntStream.range(0, 2)
                .mapToObj(shadow -> ModelJob.whole("mine", family, 5, 200, shadow, 3))
                .toList();
    }

    private static String model(Workbench bench, NetworkTrainer networks) {
        List<ModelJob> jobs = jobs(ModelFamily.NETWORK);
        bench.prepare(jobs, Progress.NONE);
        return ModelFile.toJson(ManyShadows.train(
                jobs.stream()
                        .map(job -> bench.answers(job).withoutLabels().shadow())
                        .toList(),
                AttackFitter.network(networks),
                TrainingOptions.of(3, LocalDate.of(2026, 1, 1))));
    }

    @Test
    void two_runs_with_networks_write_the_same_model_file() {
        NetworkTrainer networks = Trainers.requireNetworks();

        String first = model(bench("first", networks, 1), networks);
        String second = model(bench("second", networks, 2), networks);
        String kept = model(bench("second", networks, 1), networks);

        assertThat(second).isEqualTo(first);
        assertThat(kept).isEqualTo(first);
    }

    @Test
    void every_shadow_draws_its_own_records_from_all_there_are() {
        Workbench bench = new Workbench(
                folder,
                folder.resolve("work"),
                () -> {
                    throw new IllegalStateException("no network is trained here");
                },
                1);
        bench.add("mine", PurchaseLike.generate(1, 400, 30, 4, 0.3));
        List<ModelJob> jobs = jobs(ModelFamily.FOREST);

        ModelAnswers first = bench.answers(jobs.get(0));
        ModelAnswers second = bench.answers(jobs.get(1));

        assertThat(first.in().size()).isEqualTo(200);
        assertThat(first.out().size()).isEqualTo(200);
        assertThat(second.in().labels()).isNotEqualTo(first.in().labels());
        assertThat(jobs)
                .extracting(ModelJob::key)
                .containsExactly("mine-forest-200-whole0-seed3", "mine-forest-200-whole1-seed3");
    }

    @Test
    void only_shadows_drawn_from_many_records_have_an_index() {
        assertThatThrownBy(() ->
                        new ModelJob("mine", ModelFamily.FOREST, 1, 10, ModelJob.Role.SHADOW, 1, ShadowData.REAL, 1))
                .hasMessageContaining("index 1");
        assertThatThrownBy(() ->
                        new ModelJob("mine", ModelFamily.FOREST, 1, 10, ModelJob.Role.WHOLE, 1, ShadowData.NOISE_10, 1))
                .hasMessageContaining("NOISE_10");
    }
}
