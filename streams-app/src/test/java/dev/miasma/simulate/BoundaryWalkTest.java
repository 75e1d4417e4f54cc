// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BoundaryWalkTest {
    private static final WalkOptions OPTIONS = new WalkOptions(100, 5, 50);

    private static Walk walk(Population population, int record, WalkOptions options) {
        Random random = new Random(record);
        RecordPool starts = new RecordPool(population.nonMembers(), random);
        double[] target = population.members()[record];
        return population.kind().bits()
                ? new DiscreteWalk(target, starts::next, options, random)
                : new ContinuousWalk(target, starts::next, options, random);
    }

    private static int run(Walk walk, Function<double[], double[]> target) {
        for (int queries = 1; ; queries++) {
            if (walk.answered(Labels.highest(target.apply(walk.query()))) != Outcome.GOES_ON) {
                return queries;
            }
        }
    }

    static Stream<Arguments> ends_much_nearer_to_the_record_than_binary_search_alone_gets() {
        return Stream.of(arguments(Populations.bits(), 0.75), arguments(Populations.numbers(), 0.6));
    }

    @ParameterizedTest
    @MethodSource
    void ends_much_nearer_to_the_record_than_binary_search_alone_gets(Population population, double ratio) {
        Function<double[], double[]> target = Populations.linear(1);
        double first = 0;
        double last = 0;

        for (int record = 0; record < 20; record++) {
            Walk walk = walk(population, record, OPTIONS);
            int queries = run(walk, target);

            assertThat(queries).isBetween(5, 1500);
            assertThat(walk.distance()).isLessThanOrEqualTo(walk.firstDistance());
            first += walk.firstDistance();
            last += walk.distance();
        }

        assertThat(last / first).isLessThan(ratio);
    }

    @Test
    void the_walk_over_numbers_comes_near_the_true_distance() {
        // One class right of 0.7 in the first feature, so the nearest boundary is straight ahead.
        Function<double[], double[]> target = features -> features[1] > 0.9 ? new double[] {0, 1} : new double[] {1, 0};
        double[] record = Populations.numbers().members()[0].clone();
        record[1] = 0.5;
        double[] start = Populations.numbers().members()[1].clone();
        start[1] = 1;

        Walk walk = new ContinuousWalk(record, () -> start, new WalkOptions(400, 12, 1), new Random(1));
        run(walk, target);

        assertThat(walk.firstDistance()).isGreaterThan(2);
        assertThat(walk.distance()).isBetween(0.4, 0.8);
    }

    @Test
    void the_walk_over_bits_finds_the_few_bits_that_decide() {
        Function<double[], double[]> target =
                features -> features[5] + features[6] + features[7] >= 2 ? new double[] {0, 1} : new double[] {1, 0};
        double[] record = new double[60];
        double[] start = new double[60];
        Arrays.fill(start, 1);

        Walk walk = new DiscreteWalk(record, () -> start, new WalkOptions(200, 10, 1), new Random(1));
        run(walk, target);

        assertThat(walk.firstDistance()).isGreaterThan(5);
        assertThat(walk.distance()).isBetween(2.0, 3.0);
    }

    @Test
    void more_gradients_take_more_queries_each_the_root_of_its_number_as_many() {
        Function<double[], double[]> target = Populations.linear(1);

        int search = run(walk(Populations.numbers(), 0, new WalkOptions(100, 0, 50)), target);
        int one = run(walk(Populations.numbers(), 0, new WalkOptions(100, 1, 50)), target);
        int two = run(walk(Populations.numbers(), 0, new WalkOptions(100, 2, 50)), target);

        assertThat(search).isBetween(5, 70);
        assertThat(one - search).isBetween(101, 140);
        assertThat(two - one).isBetween(143, 180);
    }

    @Test
    void gives_up_where_no_record_is_of_another_class() {
        Walk walk = walk(Populations.bits(), 0, OPTIONS);

        int queries = run(walk, features -> new double[] {1, 0});

        assertThat(queries).isEqualTo(51);
        assertThat(walk.distance()).isNaN();
    }

    @Test
    void a_client_walks_round_one_record_after_the_other_and_labels_flip() {
        Function<double[], double[]> target = Populations.linear(1);
        List<Driven> asked = Driven.of("boundary", Map.of(), Populations.bits(), target, 2, 5000);
        List<Driven> second =
                asked.stream().filter(one -> one.question().target() == 2).toList();

        assertThat(second).hasSizeBetween(100, 1500);
        assertThat(second.getLast().outcome()).isEqualTo(Outcome.DONE);
        assertThat(asked.stream().filter(one -> one.outcome() == Outcome.DONE).count())
                .isBetween(3L, 40L);
        double own = Labels.highest(target.apply(second.getFirst().features()));
        double other = second.stream()
                .filter(one -> Labels.highest(target.apply(one.features())) != own)
                .count();
        assertThat(other / second.size()).isBetween(0.2, 0.8);
    }

    @Test
    void uses_nothing_of_an_answer_but_its_label() {
        Function<double[], double[]> sharp =
                features -> Labels.only(Populations.linear(1).apply(features));
        Map<String, String> posteriors = Map.of(ClientKind.LABEL_ONLY, "0");

        List<Driven> withPosteriors =
                Driven.of("boundary", posteriors, Populations.numbers(), Populations.linear(1), 2, 1000);
        List<Driven> withLabels = Driven.of("boundary", posteriors, Populations.numbers(), sharp, 2, 1000);

        for (int i = 0; i < 1000; i++) {
            assertThat(withLabels.get(i).features())
                    .isEqualTo(withPosteriors.get(i).features());
        }
    }
}
