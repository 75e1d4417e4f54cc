// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.miasma.dataset.Dataset;
import dev.miasma.posterior.Posteriors;
import dev.miasma.target.TreeTarget.ForestAnswer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StackingTargetTest {

    private static final TargetTrainer LOGISTIC = LogisticRegressionTarget.trainer(1, 1e-4, 200);

    @Test
    void each_model_learns_on_records_of_its_own() {
        Dataset records = records(1, 300);
        List<Dataset> seen = new ArrayList<>();
        TargetTrainer spy = (dataset, seed) -> {
            seen.add(dataset);
            return LOGISTIC.train(dataset, seed);
        };

        StackingTarget.trainer(List.of(spy, spy), spy).train(records, 1);

        assertThat(seen).extracting(Dataset::size).containsExactly(100, 100, 100);
        Set<Double> first = new HashSet<>();
        for (double[] row : seen.get(0).features()) {
            first.add(row[0]);
        }
        for (double[] row : seen.get(1).features()) {
            assertThat(first).doesNotContain(row[0]);
        }
        // Two answers of three classes.
        assertThat(seen.get(2).width()).isEqualTo(6);
    }

    @Test
    void answers_as_well_as_its_models_and_one_by_one_as_all_at_once() {
        Dataset records = records(1, 600);
        TargetTrainer trainer =
                StackingTarget.trainer(List.of(LOGISTIC, TreeTarget.randomForest(20, ForestAnswer.SMOOTHED)), LOGISTIC);

        TargetModel model = trainer.train(records, 1);

        Dataset others = records(2, 200);
        double[][] all = model.answers(others).posteriors();
        assertThat(model.accuracy(others)).isGreaterThan(0.8);
        assertThat(model.features()).isEqualTo(2);
        for (int i = 0; i < 20; i++) {
            double[] one = model.posterior(others.rows().row(i));
            Posteriors.requireValid(one, 3, 1e-9, 3);
            assertThat(one).containsExactly(all[i], within(1e-12));
        }
    }

    @Test
    void the_same_seed_gives_the_same_model() {
        Dataset records = records(1, 300);
        TargetTrainer trainer =
                StackingTarget.trainer(List.of(TreeTarget.randomForest(10, ForestAnswer.VOTES)), LOGISTIC);
        double[] x = records.rows().row(0);

        assertThat(trainer.train(records, 5).posterior(x))
                .isEqualTo(trainer.train(records, 5).posterior(x));
    }

    @Test
    void too_few_records_or_models_are_refused() {
        assertThatThrownBy(() -> StackingTarget.trainer(List.of(LOGISTIC, LOGISTIC), LOGISTIC)
                        .train(records(1, 2), 1))
                .hasMessageContaining("has 2 records; at least 3");
        assertThatThrownBy(() -> StackingTarget.trainer(List.of(), LOGISTIC))
                .hasMessageContaining("lower models of stacking are 0; at least 1");
    }

    /** Three clouds in the plane. */
    private static Dataset records(long seed, int n) {
        Random random = new Random(seed);
        double[][] x = new double[n][];
        int[] y = new int[n];
        for (int i = 0; i < n; i++) {
            y[i] = i % 3;
            x[i] = new double[] {
                2 * Math.cos(2 * y[i]) + 0.5 * random.nextGaussian(),
                2 * Math.sin(2 * y[i]) + 0.5 * random.nextGaussian()
            };
        }
        return new Dataset("clouds", x, y, 3, true);
    }
}
