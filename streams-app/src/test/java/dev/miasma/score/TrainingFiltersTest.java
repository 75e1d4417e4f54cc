// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miasma.config.IdentitySettings;
import dev.miasma.decode.RecordHash;
import dev.miasma.measure.Measures;
import dev.miasma.measure.MicrometerMeasures;
import dev.miasma.measure.NoMeasures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingFiltersTest {
    private static final IdentitySettings KEY =
            new IdentitySettings("0123456789abcdef".getBytes(StandardCharsets.UTF_8), true);
    private static final Measures NONE = new NoMeasures();

    @TempDir
    Path folder;

    /** Filters of these tests are told apart by their number of records. */
    private Path write(String name, int records) throws IOException {
        long[] hashes = new long[records];
        for (int i = 0; i < records; i++) {
            hashes[i] = i;
        }
        Path file = folder.resolve(name + ".training");
        TrainingFilterFile.write(TrainingFilter.of(hashes, 0.01, RecordHash.check(KEY)), file);
        return file;
    }

    private static long recordsOf(TrainingFilters filters, String endpoint, String version) {
        TrainingFilter filter = filters.resolve(endpoint, version);
        return filter == null ? 0 : filter.count();
    }

    private static void touch(Path file, int second) throws IOException {
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L + second * 1000L));
    }

    @ParameterizedTest
    @CsvSource({"fraud, 7, 4", "fraud, 8, 3", "churn, 7, 2", "'a/b c', 1@2, 5"})
    void the_nearest_name_is_asked(String endpoint, String version, int expected) throws IOException {
        write("fraud@7", 4);
        write("fraud", 3);
        write("a_b_c@1_2", 5);
        write("default", 2);

        assertThat(recordsOf(TrainingFilters.load(folder, KEY, NONE), endpoint, version))
                .isEqualTo(expected);
    }

    @Test
    void there_need_not_be_any_filter_nor_the_folder() {
        TrainingFilters missing = TrainingFilters.load(folder.resolve("missing"), KEY, NONE);
        missing.refresh();

        assertThat(missing.resolve("fraud", "7")).isNull();
        assertThat(TrainingFilters.load(folder, KEY, NONE).resolve("fraud", "7"))
                .isNull();
        assertThat(TrainingFilters.none().resolve("fraud", "7")).isNull();
    }

    @Test
    void a_refresh_picks_up_what_changed_what_is_new_and_what_is_gone() throws IOException {
        Path changing = write("default", 2);
        Path leaving = write("old", 3);
        touch(changing, 0);
        TrainingFilters filters = TrainingFilters.load(folder, KEY, NONE);

        touch(write("default", 5), 1);
        write("new", 6);
        Files.delete(leaving);
        filters.refresh();

        assertThat(recordsOf(filters, "any", "1")).isEqualTo(5);
        assertThat(recordsOf(filters, "new", "1")).isEqualTo(6);
        assertThat(recordsOf(filters, "old", "1")).isEqualTo(5);
    }

    @Test
    void a_broken_file_leaves_the_one_before_in_force_and_is_counted() throws IOException {
        Path file = write("fraud", 3);
        touch(file, 0);
        var measures = new MicrometerMeasures(10, List.of(), List.of(), List.of());
        TrainingFilters filters = TrainingFilters.load(folder, KEY, measures);

        Files.writeString(file, "nonsense");
        touch(file, 1);
        filters.refresh();
        filters.refresh();

        assertThat(recordsOf(filters, "fraud", "1")).isEqualTo(3);
        assertThat(measures.registry().scrape())
                .contains("miasma_training_filter_loads_total{result=\"broken\"} 1.0")
                .contains("miasma_training_filter_loads_total{result=\"loaded\"} 1.0");
    }

    @Test
    void a_start_with_a_broken_file_or_another_key_is_refused_by_name() throws IOException {
        Path file = write("fraud", 3);
        var other = new IdentitySettings("another-key-of-16".getBytes(StandardCharsets.UTF_8), true);

        assertThatThrownBy(() -> TrainingFilters.load(folder, other, NONE))
                .isInstanceOf(TrainingFilterException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("was made with another identity key");
    }
}
