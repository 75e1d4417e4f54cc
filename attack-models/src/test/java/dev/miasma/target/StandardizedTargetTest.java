// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.miasma.dataset.Dataset;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StandardizedTargetTest {

    @Test
    void records_are_scaled_as_the_training_records_were() {
        Dataset records = records(1);
        TargetTrainer plain = LogisticRegressionTarget.trainer(1, 1e-8, 500);

        TargetModel raw = plain.train(records, 1);
        TargetModel scaled = StandardizedTarget.trainer(plain, 0).train(records, 1);

        // A penalty sees the scale of features: without scaling the small one, which decides, is lost.
        Dataset others = records(2);
        assertThat(scaled.accuracy(others)).isGreaterThan(0.9);
        assertThat(raw.accuracy(others)).isLessThan(0.7);
    }

    @Test
    void one_answer_at_a_time_equals_all_at_once() {
        Dataset records = records(1);
        TargetModel model = StandardizedTarget.trainer(LogisticRegressionTarget.trainer(1, 1e-8, 500), 0)
                .train(records, 1);

        double[][] all = model.answers(records).posteriors();

        for (int i = 0; i < records.size(); i++) {
            assertThat(model.posterior(records.rows().row(i))).containsExactly(all[i], within(1e-12));
        }
    }

    private static Dataset records(long seed) {
        Random random = new Random(seed);
        double[][] x = new double[200][];
        int[] y = new int[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = random.nextInt(2);
            x[i] = new double[] {1e-4 * (y[i] - 0.5 + 0.1 * random.nextGaussian()), 100 + 30 * random.nextGaussian()};
        }
        return new Dataset("records", x, y, 2, true);
    }
}
