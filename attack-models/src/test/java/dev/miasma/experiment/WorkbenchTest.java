// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miasma.fixtures.SharedFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkbenchTest {

    private static final ModelJob TARGET = ModelJob.target("location", ModelFamily.LOGISTIC, 1, 120, 1);
    private static final List<ModelJob> JOBS =
            List.of(TARGET, TARGET.shadow(), TARGET.pool(0, ShadowData.NOISE_10), TARGET.pool(1, ShadowData.MARGINALS));

    @TempDir
    private Path folder;

    @Test
    void what_is_kept_is_not_trained_again_and_reads_as_it_was() throws IOException {
        Path data = SharedFolder.require("data");
        Workbench first = bench(data, folder, 2);
        first.prepare(JOBS, Progress.NONE);
        ModelAnswers fresh = first.answers(TARGET);
        for (Path file : files()) {
            Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        }
        List<String> told = new ArrayList<>();

        Workbench second = bench(data, folder, 2);
        second.prepare(JOBS, (done, of, what) -> told.add(done + "/" + of));

        assertThat(told).isEmpty();
        for (Path file : files()) {
            assertThat(Files.getLastModifiedTime(file).toMillis()).isZero();
        }
        assertThat(second.answers(TARGET).in().posteriors())
                .isDeepEqualTo(fresh.in().posteriors());
        assertThat(second.answers(TARGET, RandomQueries.UNIFORM).size()).isEqualTo(1000);
    }

    @Test
    void an_interrupted_run_goes_on_with_what_is_missing() {
        Path data = SharedFolder.require("data");
        bench(data, folder, 1).prepare(JOBS.subList(0, 3), Progress.NONE);
        List<String> told = Collections.synchronizedList(new ArrayList<>());

        bench(data, folder, 1).prepare(JOBS, (done, of, what) -> told.add(done + "/" + of + " " + what));

        assertThat(told).containsExactly("3/4 kept from before", "4/4 location-logistic-120-marginals-pool1-seed1");
    }

    @Test
    void the_number_of_threads_changes_nothing() throws IOException {
        Path data = SharedFolder.require("data");
        bench(data, folder.resolve("one"), 1).prepare(JOBS, Progress.NONE);
        bench(data, folder.resolve("two"), 2).prepare(JOBS, Progress.NONE);

        for (ModelJob job : JOBS) {
            String file = job.key() + ".csv.gz";
            assertThat(folder.resolve("two").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("one").resolve(file));
        }
    }

    @Test
    void members_are_answered_better_than_others_and_every_model_has_records_of_its_own() {
        Workbench bench = bench(SharedFolder.require("data"), folder, 2);

        ModelAnswers target = bench.answers(TARGET);
        ModelAnswers shadow = bench.answers(TARGET.shadow());

        assertThat(target.overfitting().trainAccuracy()).isEqualTo(1);
        assertThat(target.overfitting().gap()).isGreaterThan(0.3);
        assertThat(target.in().size()).isEqualTo(120);
        assertThat(target.out().size()).isEqualTo(120);
        assertThat(Arrays.deepEquals(target.in().posteriors(), shadow.in().posteriors()))
                .isFalse();
        assertThat(target.in().labels()).isNotEqualTo(shadow.in().labels());
    }

    @Test
    void a_data_set_that_is_not_there_is_named() {
        Workbench bench = bench(folder, folder, 1);

        assertThatThrownBy(() -> bench.answers(TARGET))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("bangkok");
        assertThatThrownBy(() -> bench.dataset("iris")).hasMessageStartingWith("data set is 'iris'; one of [location");
    }

    private static Workbench bench(Path data, Path folder, int threads) {
        return new Workbench(
                data,
                folder,
                () -> {
                    throw new AssertionError("no network is trained here");
                },
                threads);
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }
}
