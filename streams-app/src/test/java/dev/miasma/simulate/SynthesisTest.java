// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.synthesis.ModelBasedSynthesis;
import dev.miasma.synthesis.RecordSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Algorithm 1 of Shokri et al. 2017, step by step. */
class SynthesisTest {
    private static final SynthesisOptions PAPER = new SynthesisOptions(128, 4, 10, 0.2, 1000, 0.5);
    private static final double[] UNSURE = {0.1, 0.1, 0.8};

    private static SynthesisClimb climb(int features) {
        return new SynthesisClimb(features, new FeatureKind.Bits(), PAPER, new Random(1));
    }

    private static int differences(double[] a, double[] b) {
        int differences = 0;
        for (int i = 0; i < a.length; i++) {
            differences += a[i] == b[i] ? 0 : 1;
        }
        return differences;
    }

    @Test
    void k_halves_after_more_than_ten_rejections_in_a_row_down_to_four() {
        SynthesisClimb climb = climb(600);
        climb.answered(new double[] {0.15, 0.05, 0.8}, 0);
        List<Integer> changed = new ArrayList<>();

        for (int i = 0; i < 77; i++) {
            changed.add(climb.changed());
            assertThat(climb.answered(UNSURE, 0)).isEqualTo(Outcome.GOES_ON);
        }

        for (int i = 0; i < 77; i++) {
            assertThat(changed.get(i)).isEqualTo(Math.max(4, 128 >> (i / 11)));
        }
    }

    @Test
    void a_rejected_record_is_forgotten_and_a_better_one_becomes_the_base() {
        SynthesisClimb climb = climb(600);
        climb.answered(new double[] {0.1, 0.1, 0.8}, 0);
        for (int i = 0; i < 5 * 11; i++) {
            climb.answered(new double[] {0.05, 0.15, 0.8}, 0);
        }
        assertThat(climb.changed()).isEqualTo(4);
        double[] better = climb.query();
        climb.answered(new double[] {0.15, 0.05, 0.8}, 0);

        for (int i = 0; i < 20; i++) {
            assertThat(differences(climb.query(), better)).isLessThanOrEqualTo(4);
            climb.answered(UNSURE, 0);
        }
    }

    @Test
    void an_equal_confidence_is_no_rejection() {
        SynthesisClimb climb = climb(600);

        for (int i = 0; i < 100; i++) {
            climb.answered(UNSURE, 0);
        }

        assertThat(climb.changed()).isEqualTo(128);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, 0.0, 0.0, DONE", // accepted with probability 1
        "0.2, 0.1, 0.1, GOES_ON", // not above conf_min
        "0.45, 0.55, 0.0, GOES_ON", // confident, but not the most probable class
    })
    void accepts_only_above_the_least_confidence_and_in_the_class(double c, double b, double a, Outcome outcome) {
        for (long seed = 0; seed < 50; seed++) {
            SynthesisClimb climb = new SynthesisClimb(30, new FeatureKind.Bits(), PAPER, new Random(seed));

            assertThat(climb.answered(new double[] {c, b, a}, 0)).isEqualTo(outcome);
        }
    }

    @Test
    void accepts_with_a_probability_that_is_the_confidence() {
        int accepted = 0;
        for (long seed = 0; seed < 4000; seed++) {
            SynthesisClimb climb = new SynthesisClimb(30, new FeatureKind.Bits(), PAPER, new Random(seed));
            accepted += climb.answered(new double[] {0.6, 0.4}, 0) == Outcome.DONE ? 1 : 0;
        }

        // Four standard deviations.
        assertThat(accepted / 4000.0).isBetween(0.57, 0.63);
    }

    @Test
    void gives_a_record_up_after_so_many_queries() {
        SynthesisClimb climb = climb(600);

        for (int i = 1; i < 1000; i++) {
            assertThat(climb.answered(UNSURE, 0)).isEqualTo(Outcome.GOES_ON);
        }
        assertThat(climb.answered(UNSURE, 0)).isEqualTo(Outcome.GIVEN_UP);
        assertThat(climb.queries()).isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 120})
    void k_is_no_more_than_there_are_features(int features) {
        assertThat(climb(features).changed()).isEqualTo(features);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void finds_the_same_records_in_as_many_queries_as_the_library_s_algorithm(long seed) {
        Function<double[], double[]> target = Populations.linear(0.3);
        var theirs = new ModelBasedSynthesis(
                        target, RecordSource.bits(Populations.FEATURES), dev.miasma.synthesis.SynthesisOptions.DEFAULT)
                .synthesise("x", 3, 4, seed);
        List<double[]> records = new ArrayList<>();
        long queries = 0;

        for (int label = 0; label < 3; label++) {
            Random random = new Random(seed * 31 + label);
            for (int i = 0; i < 4; i++) {
                var climb = new SynthesisClimb(Populations.FEATURES, new FeatureKind.Bits(), PAPER, random);
                while (climb.answered(target.apply(climb.query()), label) == Outcome.GOES_ON) {
                    // The answer is all it needs.
                }
                records.add(climb.query());
                queries += climb.queries();
            }
        }

        assertThat(theirs.givenUp()).isZero();
        assertThat(queries).isEqualTo(theirs.queries()).isGreaterThan(12);
        assertThat(records.toArray(double[][]::new)).isDeepEqualTo(theirs.data().features());
    }

    @Test
    void a_client_makes_records_of_each_class_in_turn_and_counts_what_each_took() {
        List<Driven> asked = Driven.of("synthesis", Map.of(), Populations.bits(), Populations.linear(0.3), 4, 5000);
        List<Driven> accepted =
                asked.stream().filter(one -> one.outcome() == Outcome.DONE).toList();

        assertThat(accepted).hasSizeGreaterThan(30);
        assertThat(asked).noneMatch(one -> one.question().member());
        for (int i = 0; i < accepted.size(); i++) {
            assertThat(accepted.get(i).question().target()).isEqualTo(i + 1);
            double[] posterior = Populations.linear(0.3).apply(accepted.get(i).features());
            assertThat(Labels.highest(posterior)).isEqualTo(i % 3);
            assertThat(posterior[i % 3]).isGreaterThan(0.2);
        }
    }
}
