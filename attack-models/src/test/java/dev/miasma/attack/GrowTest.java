// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GrowTest {

    @Test
    void where_the_ratio_rises_evidence_is_the_ratio() {
        double[] evidence = Grow.evidence(new double[] {0.2, 0.3, 0.5}, new double[] {0.6, 0.3, 0.1});

        assertThat(evidence).containsExactly(new double[] {1 / 3.0, 1, 5}, within(1e-12));
    }

    @Test
    void bins_that_fall_are_pooled_and_one_without_mass_goes_to_the_next() {
        assertThat(Grow.evidence(new double[] {0.3, 0.2, 0.5}, new double[] {0.3, 0.5, 0.2}))
                .containsExactly(new double[] {0.5 / 0.8, 0.5 / 0.8, 2.5}, within(1e-12));
        assertThat(Grow.evidence(new double[] {0.3, 0.2, 0.5}, new double[] {0.6, 0, 0.4}))
                .containsExactly(new double[] {0.5, 0.7 / 0.4, 0.7 / 0.4}, within(1e-12));
    }

    /** Against random tables of the same kind, and mixtures of the fastest with no evidence at all. */
    @Property(tries = 300, seed = "20261122")
    void no_evidence_that_bears_the_null_grows_faster(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int bins) {
        Random random = new Random(seed);
        double[] probe = masses(random, bins, 0);
        double[] extremal = masses(random, bins, 0.3);

        double[] evidence = Grow.evidence(probe, extremal);

        assertThat(evidence).isSorted();
        assertThat(mean(evidence, extremal)).isEqualTo(1, within(1e-9));
        double rate = Grow.rate(probe, evidence);
        assertThat(rate).isGreaterThanOrEqualTo(-1e-12);
        for (int i = 0; i < 50; i++) {
            double share = random.nextDouble();
            double[] mixed =
                    Arrays.stream(evidence).map(l -> 1 - share + share * l).toArray();
            double[] other = random.doubles(bins, 1e-3, 1).sorted().toArray();
            double scale = mean(other, extremal);
            Arrays.setAll(other, bin -> other[bin] / scale);
            assertThat(Grow.rate(probe, mixed)).isLessThanOrEqualTo(rate + 1e-9);
            assertThat(Grow.rate(probe, other)).isLessThanOrEqualTo(rate + 1e-9);
        }
    }

    private static double[] masses(Random random, int bins, double empty) {
        double[] masses = random.doubles(bins, 1e-4, 1)
                .map(mass -> random.nextDouble() < empty ? 0 : mass * mass)
                .toArray();
        masses[bins - 1] = Math.max(masses[bins - 1], 0.01);
        double sum = Arrays.stream(masses).sum();
        return Arrays.stream(masses).map(mass -> mass / sum).toArray();
    }

    private static double mean(double[] evidence, double[] masses) {
        double mean = 0;
        for (int bin = 0; bin < masses.length; bin++) {
            mean += masses[bin] * evidence[bin];
        }
        return mean;
    }
}
