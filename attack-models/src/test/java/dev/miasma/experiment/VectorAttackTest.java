// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.dataset.PosteriorSet;
import dev.miasma.fixtures.Trainers;
import dev.miasma.target.network.NetworkTrainer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VectorAttackTest {

    /** Members and others have the same highest probability and differ in the second. */
    @Test
    void the_second_posterior_tells_where_the_first_cannot() {
        NetworkTrainer networks = Trainers.requireNetworks();
        ModelAnswers shadow = new ModelAnswers(answers(0.3, 1), answers(0.1, 2));
        ModelAnswers target = new ModelAnswers(answers(0.3, 3), answers(0.1, 4));

        assertThat(VectorAttack.fit(networks, 1, shadow, 1).on(target).auc()).isBetween(0.4, 0.6);
        assertThat(VectorAttack.fit(networks, 2, shadow, 1).on(target).auc()).isGreaterThan(0.99);
        assertThat(VectorAttack.fit(networks, 10, shadow, 1).on(target).auc()).isGreaterThan(0.99);
    }

    private static PosteriorSet answers(double second, long seed) {
        Random random = new Random(seed);
        double[][] posteriors = new double[200][];
        for (int i = 0; i < posteriors.length; i++) {
            double first = 0.5 + 0.1 * random.nextDouble();
            double rest = (1 - first - second) / 2;
            posteriors[i] = new double[] {rest, second, first, rest};
        }
        int[] labels = new int[posteriors.length];
        Arrays.fill(labels, 2);
        return new PosteriorSet(posteriors, labels);
    }
}
