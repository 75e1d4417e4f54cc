// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class IsotonicTest {

    @Test
    void pools_violators() {
        assertThat(Isotonic.increasing(new double[] {1, 3, 1, 5}, new double[] {1, 1, 3, 1}))
                .containsExactly(1, 1.5, 1.5, 5);
    }

    @Property(tries = 300)
    void equals_the_min_max_formula(@ForAll long seed, @ForAll @IntRange(min = 1, max = 25) int n) {
        Random random = new Random(seed);
        double[] y = random.ints(n, -5, 6).asDoubleStream().toArray();
        double[] weights = random.doubles(n, 0.1, 3).toArray();

        double[] fitted = Isotonic.increasing(y, weights);

        for (int i = 0; i < n; i++) {
            assertThat(fitted[i]).isEqualTo(minMax(y, weights, i), within(1e-12));
        }
    }

    /** Largest over starts a <= i of the smallest over ends b >= i of the mean from a to b. */
    private static double minMax(double[] y, double[] weights, int i) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int a = 0; a <= i; a++) {
            double smallest = Double.POSITIVE_INFINITY;
            for (int b = i; b < y.length; b++) {
                double sum = 0;
                double weight = 0;
                for (int j = a; j <= b; j++) {
                    sum += y[j] * weights[j];
                    weight += weights[j];
                }
                smallest = Math.min(smallest, sum / weight);
            }
            largest = Math.max(largest, smallest);
        }
        return largest;
    }
}
