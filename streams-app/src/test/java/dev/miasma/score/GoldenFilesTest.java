// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miasma.attack.ModelFile;
import dev.miasma.config.NewerFormatException;
import dev.miasma.fixtures.Hostile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scored queries, models and training filters that releases have written. */
class GoldenFilesTest {
    private static final Map<String, byte[]> GOLDEN = Hostile.folder("/golden-bytes");

    @TempDir
    Path folder;

    private static byte[] golden(String name) {
        return Objects.requireNonNull(GOLDEN.get(name), name).clone();
    }

    @Test
    void scored_queries_of_every_version_are_read() {
        ScoredQuery first = ScoredQuerySerde.read(golden("scored-query-v1.bin"));
        ScoredQuery second = ScoredQuerySerde.read(golden("scored-query-v2.bin"));

        assertThat(first.client()).isEqualTo(second.client()).isEqualTo("0a1b");
        assertThat(ScoredQuerySerde.write(first)[0]).isEqualTo((byte) 2);
        assertThat(ScoredQuerySerde.write(second)).isEqualTo(golden("scored-query-v2.bin"));
    }

    @Test
    void scored_queries_of_every_version_are_read_from_the_hop() {
        ScoredBatch batch = ScoredBatchSerde.read(golden("scored-batch-v3.bin"));

        assertThat(batch.queries())
                .extracting(ScoredBatch.Timed::query)
                .containsExactly(ScoredQuerySerde.read(golden("scored-query-v2.bin")), Queries.withId("q-2"));
        assertThat(ScoredBatchSerde.write(batch)).isEqualTo(golden("scored-batch-v3.bin"));
        assertThat(batch.queries())
                .extracting(ScoredBatch.Timed::timestampMillis)
                .containsExactly(1_795_415_857_089L, 1_795_415_857_088L);
        for (String one : List.of("scored-query-v1.bin", "scored-query-v2.bin")) {
            assertThat(ScoredBatchSerde.read(golden(one)).queries())
                    .containsExactly(new ScoredBatch.Timed(ScoredQuerySerde.read(golden(one)), ScoredBatch.OF_RECORD));
        }
    }

    @Test
    void a_newer_record_of_the_hop_is_refused_as_such() {
        byte[] newer = golden("scored-batch-v3.bin");
        newer[0] = 4;

        assertThatThrownBy(() -> ScoredBatchSerde.read(newer))
                .hasMessageStartingWith("scored query of version 4: this release reads versions 1 to 3; ")
                .satisfies(
                        error -> assertThat(NewerFormatException.among(error)).isEqualTo(error.getMessage()));
    }

    @Test
    void a_newer_scored_query_is_refused_as_such() {
        byte[] newer = golden("scored-query-v2.bin");
        newer[0] = 3;

        assertThatThrownBy(() -> ScoredQuerySerde.read(newer))
                .satisfies(
                        error -> assertThat(NewerFormatException.among(error)).isEqualTo(error.getMessage()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"logistic", "network", "per-class", "traffic"})
    void models_of_version_1_are_read_and_written_byte_for_byte(String kind) {
        byte[] bytes = golden("model-" + kind + "-v1.json");

        assertThat(ModelFile.toJson(ModelFile.read(bytes))).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
    }

    @Test
    void a_training_filter_of_version_1_is_read() throws Exception {
        Path file = Files.write(folder.resolve("a.training"), golden("training-filter-v1.training"));

        TrainingFilter filter = TrainingFilterFile.read(file, 77);

        assertThat(new boolean[] {filter.mightContain(1), filter.mightContain(5)})
                .containsExactly(true, true);
        assertThat(filter.count()).isEqualTo(4);
    }
}
