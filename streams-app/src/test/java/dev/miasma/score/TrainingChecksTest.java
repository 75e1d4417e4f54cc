// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.config.IdentitySettings;
import dev.miasma.decode.Prediction;
import dev.miasma.decode.RecordHash;
import dev.miasma.measure.NoMeasures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingChecksTest {
    private static final IdentitySettings KEY =
            new IdentitySettings("0123456789abcdef".getBytes(StandardCharsets.UTF_8), true);

    @TempDir
    Path folder;

    private TrainingChecks checks = TrainingChecks.none();

    private static long record(long number) {
        return number * 0x9e3779b97f4a7c15L;
    }

    private static Prediction asking(String endpoint, boolean hasHash, long hash) {
        return new Prediction(
                "q", endpoint, "7", "a", null, 0, new double[] {1}, 1, -1, hash, true, hasHash, hash, null, 1, null);
    }

    private @Nullable TrainingCheck check(String endpoint, boolean hasHash, long hash) {
        return checks.of(asking(endpoint, hasHash, hash));
    }

    @BeforeEach
    void make_a_filter_of_100_records() throws Exception {
        long[] records =
                LongStream.range(0, 100).map(TrainingChecksTest::record).toArray();
        TrainingFilterFile.write(
                TrainingFilter.of(records, 0.001, RecordHash.check(KEY)), folder.resolve("fraud.training"));
        checks = new TrainingChecks(TrainingFilters.load(folder, KEY, new NoMeasures()), 0.01);
    }

    @Test
    void a_training_record_is_a_hit_and_evidence() {
        TrainingCheck hit = Objects.requireNonNull(check("fraud", true, record(5)));
        TrainingCheck miss = Objects.requireNonNull(check("fraud", true, 12345));

        assertThat(hit.hit()).isTrue();
        assertThat(miss.hit()).isFalse();
        for (int row = 0; row < hit.evidence().rows(); row++) {
            assertThat(hit.evidence().log(row)).isPositive();
            assertThat(miss.evidence().log(row)).isNegative();
        }
    }

    @Test
    void the_filters_false_positives_are_part_of_the_null() {
        TrainingCheck hit = Objects.requireNonNull(check("fraud", true, record(0)));

        assertThat(hit.evidence())
                .isEqualTo(FlagEvidence.against(0.01 + 0.99 * 0.001).column(true));
    }

    @Test
    void without_features_or_a_filter_nothing_is_said() {
        assertThat(check("fraud", false, 0)).isNull();
        assertThat(check("churn", true, 0)).isNull();
    }
}
