// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.defense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.miasma.dataset.PosteriorSet;
import dev.miasma.posterior.Posteriors;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputDefenseTest {

    private static final double EXACT = 1e-12;

    @Property(tries = 300, seed = "20261122")
    void every_answer_stays_a_posterior_that_predicts_the_same(
            @ForAll("posteriors") double[] p, @ForAll("defences") String spec) {
        OutputDefense defence = OutputDefense.parse(spec);

        double[] out = applied(defence, p);

        Posteriors.requireValid(out, out.length, 1e-9, out.length);
        assertThat(Predictions.of(out, out.length)).isEqualTo(Predictions.of(p, p.length));
    }

    @Property(tries = 100, seed = "20261122")
    void the_same_answer_gives_the_same_also_in_place(
            @ForAll("posteriors") double[] p, @ForAll("defences") String spec) {
        OutputDefense defence = OutputDefense.parse(spec);
        double[] given = p.clone();
        double[] inPlace = p.clone();

        double[] out = applied(defence, given);
        defence.apply(inPlace, inPlace.length, inPlace);

        assertThat(given).as("what is given stays").isEqualTo(p);
        assertThat(inPlace).isEqualTo(out);
        assertThat(applied(OutputDefense.parse(spec), p)).isEqualTo(out);
    }

    @Property(tries = 200, seed = "20261122")
    void doing_it_twice_changes_no_more(@ForAll("posteriors") double[] p, @ForAll("projections") String spec) {
        OutputDefense defence = OutputDefense.parse(spec);

        double[] once = applied(defence, p);

        assertThat(applied(defence, once)).containsExactly(once, within(EXACT));
    }

    @Property(tries = 200, seed = "20261122")
    void temperature_keeps_the_order(@ForAll("posteriors") double[] p, @ForAll("temperatures") double t) {
        double[] out = applied(new Temperature(t), p);

        for (int i = 0; i < p.length; i++) {
            for (int j = 0; j < p.length; j++) {
                assertThat(p[i] > p[j] && out[i] < out[j])
                        .as(() -> "order turned round")
                        .isFalse();
            }
        }
    }

    @Property(tries = 200, seed = "20261122")
    void rounding_gives_whole_units_close_to_what_was_given(@ForAll("posteriors") double[] p) {
        double[] out = applied(new Rounding(2), p);

        for (int i = 0; i < p.length; i++) {
            assertThat(out[i] * 100).isEqualTo(Math.rint(out[i] * 100), within(1e-9));
            assertThat(out[i]).isEqualTo(p[i], within(0.03 + EXACT));
        }
    }

    @Property(tries = 200, seed = "20261122")
    void top_k_keeps_the_k_highest_and_spreads_the_rest(@ForAll("posteriors") double[] p) {
        double[] out = applied(new TopK(3), p);

        double[] before = p.clone();
        double[] after = out.clone();
        Arrays.sort(before);
        Arrays.sort(after);
        int n = p.length;
        for (int rank = 1; rank <= Math.min(3, n); rank++) {
            assertThat(after[n - rank]).isEqualTo(before[n - rank], within(EXACT));
        }
        for (int i = 1; i < n - 3; i++) {
            assertThat(after[i]).isEqualTo(after[0]);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"top1", "top3", "round1", "round9", "temperature5", "temperature0.5", "label", "top3+round2"})
    void a_name_is_read_and_written(String spec) {
        assertThat(OutputDefense.parse(spec).id()).isEqualTo(spec);
    }

    @Test
    void a_name_is_written_in_its_shortest_form() {
        assertThat(OutputDefense.parse("temperature5.0").id()).isEqualTo("temperature5");
    }

    @ParameterizedTest
    @CsvSource({
        "top0, k of defence 'top0' is 0; at least 1",
        "round0, digits of defence 'round0' are 0; 1 to 9",
        "round10, digits of defence 'round10' are 10; 1 to 9",
        "temperature0, is 0.0; 0.01 to 1000.0",
        "temperature, defence is 'temperature'; top3",
        "top, defence is 'top'; top3",
        "top1.5, defence is 'top1.5'; top3",
        "label3, defence is 'label3'; top3",
        "top3+, defence is ''; top3",
        "noise, defence is 'noise'; top3",
        "memguard, defence is 'memguard'; memguard needs a surrogate",
    })
    void a_name_that_is_none_is_refused(String spec, String message) {
        assertThatThrownBy(() -> OutputDefense.parse(spec))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void a_defence_that_needs_learning_can_be_checked_beforehand() {
        OutputDefense.DEFAULTS.forEach(OutputDefense::requireKnown);

        assertThatThrownBy(() -> OutputDefense.requireKnown("memguard3"))
                .hasMessageContaining("budget of memguard is 3.0; above 0 and at most 2");
    }

    @Test
    void rounding_gives_missing_units_to_the_largest_remainders() {
        assertThat(applied(new Rounding(1), new double[] {.34, .36, .30})).containsExactly(.3, .4, .3);
    }

    @Test
    void rounding_never_moves_the_prediction() {
        // The largest remainder would give the first class as much as the second, and the first is then predicted.
        assertThat(applied(new Rounding(1), new double[] {.39, .40, .21})).containsExactly(.3, .5, .2);
    }

    @Test
    void temperature_is_the_softmax_of_divided_logits() {
        double[] logits = {2, -1, .5};
        double[] divided = Arrays.stream(logits).map(z -> z / 4).toArray();
        Posteriors.softmax(logits, 3);
        Posteriors.softmax(divided, 3);

        assertThat(applied(new Temperature(4), logits)).containsExactly(divided, within(EXACT));
    }

    @Test
    void temperature_copes_with_what_underflows() {
        assertThat(applied(new Temperature(0.01), new double[] {1 - 1e-300, 1e-300, 0}))
                .containsExactly(1, 0, 0);
    }

    @Test
    void several_go_from_left_to_right() {
        double[] p = {.5, .26, .14, .1};

        assertThat(applied(OutputDefense.parse("round1+top1"), p))
                .containsExactly(new double[] {.5, .5 / 3, .5 / 3, .5 / 3}, within(EXACT));
        assertThat(applied(OutputDefense.parse("top1+round1"), p)).containsExactly(.5, .2, .2, .1);
    }

    @Test
    void a_set_keeps_its_labels_and_is_left_alone() {
        PosteriorSet set = new PosteriorSet(new double[][] {{.7, .3}, {.2, .8}}, new int[] {1, 1});

        PosteriorSet out = OutputDefense.parse("label").apply(set);

        assertThat(out.posteriors()).isDeepEqualTo(new double[][] {{1, 0}, {0, 1}});
        assertThat(out.labels()).containsExactly(1, 1);
        assertThat(set.posteriors()[0]).containsExactly(.7, .3);
    }

    @Provide
    Arbitrary<double[]> posteriors() {
        return anyPosteriors(200);
    }

    @Provide
    Arbitrary<String> defences() {
        return Arbitraries.of(
                "top1",
                "top3",
                "top50",
                "round1",
                "round3",
                "round9",
                "temperature0.1",
                "temperature5",
                "temperature1000",
                "label",
                "top3+round2",
                "temperature20+top1",
                "round1+temperature3");
    }

    /** Those of which more of the same is nothing. */
    @Provide
    Arbitrary<String> projections() {
        return Arbitraries.of("top1", "top3", "top50", "round1", "round3", "label", "temperature1");
    }

    @Provide
    Arbitrary<Double> temperatures() {
        return Arbitraries.doubles().between(0.01, 1000);
    }

    /** Flat and sharp random ones, those of one 1, and uniform ones. */
    static Arbitrary<double[]> anyPosteriors(int mostClasses) {
        Arbitrary<Integer> classes = Arbitraries.integers().between(2, mostClasses);
        Arbitrary<Double> sharpness = Arbitraries.of(0.0, 0.01, 1.0, 5.0, 50.0);
        Arbitrary<Long> seeds = Arbitraries.longs();
        Arbitrary<double[]> random = Combinators.combine(classes, sharpness, seeds)
                .as((n, sharp, seed) -> softmax(n, new Random(seed), random1 -> sharp * random1.nextGaussian()));
        Arbitrary<double[]> oneHot = Combinators.combine(classes, seeds).as((n, seed) -> {
            double[] p = new double[n];
            p[new Random(seed).nextInt(n)] = 1;
            return p;
        });
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(4, random), net.jqwik.api.Tuple.of(1, oneHot));
    }

    static double[] applied(OutputDefense defence, double[] p) {
        double[] out = new double[p.length];
        defence.apply(p, p.length, out);
        return out;
    }

    private static double[] softmax(int n, Random random, Function<Random, Double> logit) {
        double[] p = new double[n];
        for (int i = 0; i < n; i++) {
            p[i] = logit.apply(random);
        }
        Posteriors.softmax(p, n);
        return p;
    }
}
