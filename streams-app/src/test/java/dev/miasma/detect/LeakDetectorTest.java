// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.miasma.fixtures.AttackFiles;
import dev.miasma.score.KnownModel;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeakDetectorTest {
    private static final long SEED = 20261122;

    @TempDir
    Path folder;

    private final LeakDetector detector = new LeakDetector();

    private KnownModel model() {
        return Objects.requireNonNull(Blocks.models(folder).byId(Blocks.MODEL));
    }

    @Test
    void a_block_is_one_step_of_the_product_of_its_likelihood_ratios() {
        KnownModel model = model();

        detector.add(new long[] {2, 0, 0, 0, 0, 0, 0, 0, 0, 1}, model);
        detector.add(new long[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 3}, model);

        for (int row = 0; row < detector.rows.length; row++) {
            double low = model.evidence(0).factor(row);
            double high = model.evidence(9).factor(row);
            double expected = (low * low * high + 1) * high * high * high;
            assertThat(detector.rows[row]).isCloseTo(expected, within(expected * 1e-9));
        }
    }

    @Test
    void a_huge_block_stays_a_number() {
        detector.add(new long[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1_000_000}, model());

        assertThat(detector.evidence()).isFinite().isGreaterThan(1e100);
    }

    @Test
    void a_table_of_another_number_of_rows_keeps_the_evidence() {
        detector.rows = new double[] {10, 30};

        detector.add(new long[0], model());

        assertThat(detector.rows).hasSize(4).containsOnly(21);
    }

    /** Queries at exactly the extremal null, in blocks of random size. */
    @ParameterizedTest
    @CsvSource({"100, 1, 400000", "100, 20, 100000", "1000, 5, 400000"})
    void false_alarms_stay_within_the_budget(double threshold, int mostInBlock, int blocks) {
        KnownModel model = model();
        double[] bounds = AttackFiles.attack(Blocks.NON_MEMBERS).calibration().bounds();
        var random = new SplittableRandom(SEED);
        int alarms = 0;
        long queries = 0;
        for (int block = 0; block < blocks; block++) {
            long[] bins = new long[bounds.length + 1];
            int size = random.nextInt(1, mostInBlock + 1);
            for (int query = 0; query < size; query++) {
                double u = random.nextDouble();
                int bin = 0;
                while (bin < bounds.length && u < bounds[bin]) {
                    bin++;
                }
                bins[bin]++;
            }
            queries += size;
            detector.add(bins, model);
            if (detector.evidence() >= threshold) {
                alarms++;
                detector.reset();
            }
        }

        // Rarely more than a step comes of a block, so the bound by blocks is the sharper one.
        assertThat(alarms).isBetween(1, (int) (blocks / threshold));
        assertThat(queries).isGreaterThanOrEqualTo(blocks);
    }
}
