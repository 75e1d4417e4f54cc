// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.miasma.dataset.Dataset;
import dev.miasma.dataset.LocationDataset;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.dataset.PurchaseLike;
import dev.miasma.dataset.Split;
import dev.miasma.fixtures.SharedFolder;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import smile.classification.LogisticRegression;

class LogisticRegressionTargetTest {

    private static final double LAMBDA = 0.1;
    private static final double TOLERANCE = 1e-5;
    private static final int ITERATIONS = 200;

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 12})
    void answers_as_smile_does(int classes) {
        Dataset data = PurchaseLike.generate(5, 400, 40, classes, 0.3);
        LogisticRegression smile = LogisticRegression.fit(
                data.features(), data.labels(), new LogisticRegression.Options(LAMBDA, TOLERANCE, ITERATIONS));

        TargetModel ours = LogisticRegressionTarget.train(data, LAMBDA, TOLERANCE, ITERATIONS);

        Random random = new Random(1);
        double[] expected = new double[classes];
        for (int i = 0; i < 100; i++) {
            double[] x = random.doubles(40, -1, 2).toArray();
            smile.predict(x, expected);
            assertThat(ours.posterior(x)).containsExactly(expected, within(1e-12));
        }
        assertThat(ours.classes()).isEqualTo(classes);
        assertThat(ours.features()).isEqualTo(40);
    }

    @Test
    void equal_input_gives_an_equal_model() {
        Dataset data = PurchaseLike.generate(5, 2500, 20, 4, 0.3);

        PosteriorSet first = LogisticRegressionTarget.train(data, LAMBDA, TOLERANCE, ITERATIONS)
                .answers(data);
        PosteriorSet second = LogisticRegressionTarget.train(data, LAMBDA, TOLERANCE, ITERATIONS)
                .answers(data);

        assertThat(second.posteriors()).isDeepEqualTo(first.posteriors());
    }

    @Test
    void a_class_without_records_is_never_answered() {
        double[][] x = {{0, 1}, {1, 0}, {1, 1}, {0, 0}, {2, 1}, {1, 2}};

        TargetModel two = LogisticRegressionTarget.train(x, new int[] {1, 4, 1, 4, 4, 1}, 6, LAMBDA, 1e-8, 500);
        TargetModel three = LogisticRegressionTarget.train(x, new int[] {1, 4, 2, 4, 2, 1}, 6, LAMBDA, 1e-8, 500);

        assertThat(two.posterior(x[0])[1]).isGreaterThan(0.5);
        assertThat(two.posterior(x[0])[0] + two.posterior(x[0])[5]).isZero();
        assertThat(three.posterior(x[1])[4]).isGreaterThan(0.4);
        assertThat(three.posterior(x[1])[0]).isZero();
    }

    @Test
    void what_cannot_be_trained_or_asked_is_refused() {
        double[][] x = {{0, 1}, {1, 0}};
        assertThatThrownBy(() -> LogisticRegressionTarget.train(x, new int[] {1, 1}, 3, 0, 1e-5, 10))
                .hasMessageContaining("labels are [1]; at least two from 0 to 2");
        TargetModel model = LogisticRegressionTarget.train(x, new int[] {0, 1}, 2, LAMBDA, 1e-5, 10);
        assertThatThrownBy(() -> model.posterior(new double[3])).hasMessageContaining("3 features; 2 needed");
    }

    @Test
    void overfits_location_as_the_papers_targets_do() throws IOException {
        Split split = Split.of(LocationDataset.read(SharedFolder.require("data")), 1, 1200, 1200);

        TargetModel model = LogisticRegressionTarget.train(split.part(0), 0, 1e-3, 30);

        double train = model.accuracy(split.part(0));
        double test = model.accuracy(split.part(1));
        System.out.printf("Location logistic regression: train %.3f, test %.3f%n", train, test);
        assertThat(train).isGreaterThan(0.99);
        assertThat(test).isBetween(0.5, 0.7);
    }
}
