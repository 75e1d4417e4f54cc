// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SplitTest {

    @Property(tries = 100, seed = "20261122")
    void parts_are_disjoint_and_repeatable(@ForAll long seed, @ForAll @IntRange(min = 8, max = 200) int n) {
        Dataset dataset = PurchaseLike.generate(seed, n, 3, 2, 0.1);

        Split split = Split.quarters(dataset, seed);

        Set<double[]> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Dataset part : split.parts()) {
            assertThat(part.size()).isEqualTo(n / 4);
            seen.addAll(Arrays.asList(part.features()));
        }
        assertThat(seen).hasSize(n / 4 * 4);
        assertThat(Split.quarters(dataset, seed).part(2).features())
                .isEqualTo(split.part(2).features());
    }

    @Test
    void another_seed_gives_another_order() {
        assertThat(Split.shuffled(20, 1))
                .containsExactlyInAnyOrder(Split.shuffled(20, 2))
                .isNotEqualTo(Split.shuffled(20, 2));
    }

    @Test
    void parts_larger_than_the_whole_are_refused() {
        Dataset dataset = PurchaseLike.generate(1, 10, 3, 2, 0.1);

        assertThatThrownBy(() -> Split.of(dataset, 1, 6, 5)).hasMessageContaining("[6, 5]; at least 0 each and 10");
    }

    @Test
    void a_data_set_that_contradicts_itself_is_refused() {
        double[][] two = {{1}, {2}};
        assertThatThrownBy(() -> new Dataset("d", two, new int[1], 2, false)).hasMessageContaining("2 records and 1");
        assertThatThrownBy(() -> new Dataset("d", two, new int[] {0, 2}, 2, false))
                .hasMessageContaining("record 1 has label 2; 0 to 1");
        assertThatThrownBy(() -> new Dataset("d", new double[][] {{1}, {}}, new int[2], 2, false))
                .hasMessageContaining("record 1 has 0 features; 1 needed");
        assertThatThrownBy(() -> new Dataset("d", two, new int[2], 1, false)).hasMessageContaining("1 classes");
    }
}
