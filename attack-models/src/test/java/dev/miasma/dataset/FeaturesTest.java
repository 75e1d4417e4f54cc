// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FeaturesTest {

    @Property(tries = 100, seed = "20261122")
    void every_kind_gives_the_same_numbers(@ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int width) {
        Random random = new Random(seed);
        int size = 1 + random.nextInt(20);
        double[][] dense = new double[size][width];
        long[][] words = new long[size][(width + 63) / 64];
        byte[] bytes = new byte[size * width];
        int[][] indices = new int[size][];
        double[][] values = new double[size][];
        for (int r = 0; r < size; r++) {
            for (int i = 0; i < width; i++) {
                if (random.nextInt(4) == 0) {
                    dense[r][i] = 1;
                    words[r][i / 64] |= 1L << i % 64;
                    bytes[r * width + i] = (byte) 255;
                }
            }
            double[] row = dense[r];
            indices[r] = java.util.stream.IntStream.range(0, width)
                    .filter(i -> row[i] != 0)
                    .toArray();
            values[r] = new double[indices[r].length];
            java.util.Arrays.fill(values[r], 1);
        }
        int[] chosen = random.ints(5, 0, size).toArray();
        double[][] expected = Features.of(dense).subset(chosen).toArray();

        assertThat(new BitFeatures(words, width).subset(chosen).toArray()).isDeepEqualTo(expected);
        assertThat(ByteFeatures.of(bytes, width).subset(chosen).toArray()).isDeepEqualTo(expected);
        assertThat(new SparseFeatures(indices, values, width).subset(chosen).toArray())
                .isDeepEqualTo(expected);
    }

    @Test
    void a_standardised_set_has_mean_0_and_deviation_1() {
        Dataset data = PurchaseLike.generate(4, 200, 7, 3, 0.4);

        Dataset standard = Standardizer.fit(data, 0).apply(data).subset(new int[] {3, 4, 5});
        Dataset whole = Standardizer.fit(data, 0).apply(data);

        assertThat(standard.rows().row(0)).isEqualTo(whole.rows().row(3));
        for (int feature = 0; feature < 7; feature++) {
            double sum = 0;
            double squares = 0;
            for (double[] row : whole.features()) {
                sum += row[feature];
                squares += row[feature] * row[feature];
            }
            assertThat(sum / 200).isEqualTo(0, within(1e-12));
            assertThat(squares / 200).isEqualTo(1, within(1e-12));
        }
    }

    @Test
    void a_feature_that_never_changes_stays_finite() {
        Dataset data = new Dataset("d", new double[][] {{5, 0}, {5, 0.001}}, new int[2], 2, false);

        assertThat(Standardizer.fit(data, 0).apply(data).rows().row(1)).containsExactly(0, 1);
        assertThat(Standardizer.fit(data, 0.01).apply(data).rows().row(1)[1]).isEqualTo(0.05, within(1e-12));
        assertThatThrownBy(() -> Standardizer.fit(data.range(0, 0), 0)).hasMessageContaining("no record");
        Dataset narrower = new Dataset("n", new double[][] {{5}}, new int[1], 2, false);
        assertThatThrownBy(() -> Standardizer.fit(data, 0).apply(narrower))
                .hasMessageContaining("1 features; 2 needed");
    }
}
