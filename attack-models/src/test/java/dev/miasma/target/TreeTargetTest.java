// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.miasma.dataset.Dataset;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.dataset.PurchaseLike;
import dev.miasma.dataset.Split;
import dev.miasma.evaluation.Roc;
import dev.miasma.fixtures.Golden;
import dev.miasma.posterior.PosteriorFeature;
import dev.miasma.target.TreeTarget.ForestAnswer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TreeTargetTest {

    private static final Split DATA = Split.of(PurchaseLike.generate(5, 600, 40, 5, 0.3), 1, 300, 300);

    static List<TargetTrainer> trainers() {
        return List.of(
                TreeTarget.randomForest(30, ForestAnswer.SMOOTHED),
                TreeTarget.randomForest(30, ForestAnswer.VOTES),
                TreeTarget.gradientBoosting(10, 6, 0.1, 0.7));
    }

    @ParameterizedTest
    @MethodSource("trainers")
    void learns_overfits_and_answers_posteriors(TargetTrainer trainer) {
        TargetModel model = trainer.train(DATA.part(0), 1);

        Overfitting measured = Overfitting.of(model, DATA.part(0), DATA.part(1));

        assertThat(measured.trainAccuracy()).isGreaterThan(0.9);
        assertThat(measured.testAccuracy()).isBetween(0.4, 0.95);
        assertThat(measured.gap()).isBetween(0.02, 0.6);
        PosteriorSet answers = model.answers(DATA.part(1));
        assertThat(Arrays.asList(answers.posteriors()))
                .allSatisfy(p -> assertThat(Arrays.stream(p).sum()).isEqualTo(1, within(1e-9)));
        assertThat(model.posterior(DATA.part(1).features()[7])).containsExactly(answers.posteriors()[7]);
        assertThat(model.features()).isEqualTo(40);
    }

    @ParameterizedTest
    @MethodSource("trainers")
    void the_seed_alone_decides_the_model(TargetTrainer trainer) {
        List<PosteriorSet> answers = IntStream.of(7, 7, 8)
                .parallel()
                .mapToObj(seed -> trainer.train(DATA.part(0), seed).answers(DATA.part(1)))
                .toList();

        assertThat(answers.get(1).posteriors()).isDeepEqualTo(answers.get(0).posteriors());
        assertThat(answers.get(2).posteriors()[3]).isNotEqualTo(answers.get(0).posteriors()[3]);
    }

    @Test
    void a_forests_votes_leak_more_than_its_smoothed_answer() {
        double smoothed = leak(ForestAnswer.SMOOTHED);
        double votes = leak(ForestAnswer.VOTES);

        System.out.printf("forest, AUC of the true class's confidence: smoothed %.3f, votes %.3f%n", smoothed, votes);
        assertThat(votes).isGreaterThan(smoothed);
    }

    @Test
    void a_class_without_records_is_never_answered() {
        Dataset part = DATA.part(0);
        Dataset gap = part.subset(IntStream.range(0, part.size())
                .filter(i -> part.labels()[i] != 2)
                .toArray());

        PosteriorSet answers =
                TreeTarget.randomForest(5, ForestAnswer.VOTES).train(gap, 1).answers(part);

        assertThat(answers.classes()).isEqualTo(5);
        assertThat(Arrays.asList(answers.posteriors()))
                .allSatisfy(p -> assertThat(p[2]).isZero());
    }

    @Test
    void what_cannot_be_trained_or_asked_is_refused() {
        Dataset one = new Dataset("one", new double[][] {{1}, {2}}, new int[] {1, 1}, 2, true);
        TargetModel model = TreeTarget.randomForest(2, ForestAnswer.VOTES).train(DATA.part(0), 1);

        assertThatThrownBy(() -> TreeTarget.randomForest(2, ForestAnswer.VOTES).train(one, 1))
                .hasMessageContaining("one has records of 1 class; at least 2");
        assertThatThrownBy(() -> model.posterior(new double[3])).hasMessageContaining("3 features; 40 needed");
    }

    private static double leak(ForestAnswer answer) {
        TargetModel model = TreeTarget.randomForest(30, answer).train(DATA.part(0), 1);
        return Roc.of(
                        Golden.values(PosteriorFeature.TRUE_CLASS_CONFIDENCE, model.answers(DATA.part(0))),
                        Golden.values(PosteriorFeature.TRUE_CLASS_CONFIDENCE, model.answers(DATA.part(1))))
                .auc();
    }
}
