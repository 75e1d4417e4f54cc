// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EvidenceCutsTest {

    @Test
    void an_attack_that_says_yes_or_no_gets_one_cut_and_nearly_all_of_delta() {
        Random random = new Random(1);
        double[] members = random.doubles(500, 0.8, 1).toArray();
        double[] others = yesOrNo(random, 800);

        EvidenceCuts cuts = EvidenceCuts.of(members, others, 1000, 0.001);

        assertThat(cuts.shares[cuts.shares.length - 1]).isGreaterThan(0.7);
        assertThat(cuts.scores[cuts.scores.length - 1]).isBetween(0.6, 0.83);
    }

    @Test
    void an_attack_of_degrees_gets_more_cuts_the_more_non_members_there_are() {
        Random random = new Random(2);
        double[] members = gaussian(random, 2000, 1.2);
        double[] others = gaussian(random, 2000, 0);

        int few = EvidenceCuts.of(members, others, 300, 0.001).scores.length;
        int many = EvidenceCuts.of(members, others, 10_000, 0.001).scores.length;

        assertThat(few).isLessThan(many);
        assertThat(many).isGreaterThanOrEqualTo(4);
    }

    @Test
    void too_few_scores_say_nothing() {
        double[] many = new Random(3).doubles(200).toArray();
        double[] few = Arrays.copyOf(many, 99);

        assertThat(EvidenceCuts.of(many, few, 1000, 0.001).scores).isEmpty();
        assertThat(EvidenceCuts.of(few, many, 1000, 0.001).scores).isEmpty();
        assertThat(EvidenceCuts.of(new double[500], new double[500], 1000, 0.001).scores)
                .isEmpty();
    }

    @Property(tries = 30, seed = "20261122")
    void parts_of_delta_add_up_and_the_order_of_scores_does_not_matter(
            @ForAll long seed,
            @ForAll @IntRange(min = 100, max = 400) int each,
            @ForAll @IntRange(min = 3, max = 300) int levels) {
        Random random = new Random(seed);
        double[] members =
                random.ints(each, levels / 3, levels).asDoubleStream().toArray();
        double[] others = random.ints(each, 0, levels).asDoubleStream().toArray();

        EvidenceCuts cuts = EvidenceCuts.of(members, others, 1000, 0.001);

        if (cuts.scores.length > 0) {
            assertThat(Arrays.stream(cuts.shares).sum()).isEqualTo(1 - EvidenceCuts.EVENLY, within(1e-9));
        }
        assertThat(cuts.scores).isSorted().doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(6);
        EvidenceCuts again = EvidenceCuts.of(shuffled(members, random), shuffled(others, random), 1000, 0.001);
        assertThat(again.scores).containsExactly(cuts.scores);
        assertThat(again.shares).containsExactly(cuts.shares);
    }

    @Test
    void the_bound_that_matters_is_narrower_and_the_others_are_wider() {
        Random random = new Random(4);
        double[] out = yesOrNo(random, 1052);
        EvidenceCuts cuts = new EvidenceCuts(new double[] {0.7}, new double[] {0.9});

        NullCuts merged = NullCuts.of(out, 0.001, cuts);

        int at = IntStream.range(0, merged.cuts.length)
                .filter(j -> merged.cuts[j] == 0.7)
                .findFirst()
                .orElseThrow();
        assertThat(merged.cuts).isSorted();
        assertThat(merged.isNominal(at)).isFalse();
        assertThat(merged.nominalRates[at]).isEqualTo(merged.atOrAbove[at] / 1052.0);
        assertThat(merged.evidenceBounds[at])
                .isEqualTo(ClopperPearson.upperBound(merged.atOrAbove[at], 1052, 0.0009))
                .isLessThan(merged.bounds[at]);
        int last = merged.cuts.length - 1;
        assertThat(merged.isNominal(last)).isTrue();
        assertThat(merged.evidenceBounds[last]).isGreaterThan(merged.bounds[last]);
        assertThat(merged.shares).isNotNull();
    }

    @Test
    void a_cut_beside_one_at_a_nominal_rate_gives_it_its_part() {
        double[] ramp = IntStream.range(0, 1000).asDoubleStream().toArray();
        EvidenceCuts cuts = new EvidenceCuts(
                new double[] {-1, 699.5, 700, 750.5, 750.7, 2000}, new double[] {.1, .3, .2, .1, .1, .1});

        NullCuts merged = NullCuts.of(ramp, 0.001, cuts);

        // 0.3 of the ramp are at or above 700; 12 rates have ten scores at or above, and a tenth of delta.
        int at = IntStream.range(0, merged.cuts.length)
                .filter(j -> merged.cuts[j] == 700)
                .findFirst()
                .orElseThrow();
        assertThat(merged.cuts).hasSize(13).contains(750.5).doesNotContain(699.5, 750.7, -1, 2000);
        double[] shares = Objects.requireNonNull(merged.shares);
        assertThat(shares[at]).isEqualTo(0.3);
        assertThat(shares[at + 1]).isEqualTo(0.1);
        assertThat(shares[0]).isEqualTo(0.1 / 12);
    }

    @Test
    void shares_that_are_none_are_refused() {
        assertThatThrownBy(() -> nullOf(0.5, 0)).hasMessageContaining("evidence share of cut 1 is 0.0; above 0");
        assertThatThrownBy(() -> nullOf(0.5, 0.6)).hasMessageContaining("evidence shares add up to 1.1; at most 1");
        assertThat(nullOf(0.5, 0.5).evidenceBounds).containsExactly(nullOf(0.5, 0.5).bounds);
    }

    @Property(tries = 100, seed = "20261122")
    void more_non_members_above_a_cut_never_narrow_its_bound(
            @ForAll @IntRange(min = 2, max = 300) int low, @ForAll @IntRange(min = 1, max = 200) int more) {
        double[] shares = {0.7, 0.3};
        NullCuts fewer = new NullCuts(
                1000, 0.001, new double[] {1, 2}, new double[] {.5, .1}, new int[] {low + more, low}, two(), shares);
        NullCuts larger = new NullCuts(
                1000,
                0.001,
                new double[] {1, 2},
                new double[] {.5, .1},
                new int[] {low + more + 1, low},
                two(),
                shares);

        assertThat(larger.evidenceBounds[0]).isGreaterThan(fewer.evidenceBounds[0]);
        assertThat(larger.evidenceBounds[1]).isGreaterThanOrEqualTo(fewer.evidenceBounds[1]);
    }

    private static NullCuts nullOf(double first, double second) {
        int[] above = {300, 50};
        return new NullCuts(
                1000,
                0.001,
                new double[] {1, 2},
                new double[] {.3, .05},
                above,
                NullCuts.bounds(1000, 0.001, above),
                new double[] {first, second});
    }

    private static double[] two() {
        return new double[] {0.9, 0.8};
    }

    /** Seven of ten score low and three as members do. */
    private static double[] yesOrNo(Random random, int n) {
        return random.doubles(n)
                .map(d -> d < 0.7 ? d / 2 : 0.8 + (d - 0.7) / 1.5)
                .toArray();
    }

    private static double[] gaussian(Random random, int n, double mean) {
        return IntStream.range(0, n)
                .mapToDouble(i -> mean + random.nextGaussian())
                .toArray();
    }

    private static double[] shuffled(double[] values, Random random) {
        List<Double> list = new ArrayList<>(Arrays.stream(values).boxed().toList());
        Collections.shuffle(list, random);
        return list.stream().mapToDouble(d -> d).toArray();
    }
}
