// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RocTest {

    @Test
    void reads_off_a_small_curve() {
        Roc roc = Roc.of(new double[] {3, 2, 2, 0}, new double[] {2, 1, 0, -1});

        assertThat(roc.auc()).isEqualTo((4 + 3.5 + 3.5 + 1.5) / 16, within(1e-15));
        assertThat(roc.tprAt(0)).isEqualTo(0.25);
        assertThat(roc.tprAt(0.25)).isEqualTo(0.75);
        assertThat(roc.tprAt(0.3)).isEqualTo(0.75);
        assertThat(roc.tprAt(1)).isEqualTo(1);
        assertThat(roc.bestBalancedAccuracy()).isEqualTo(0.75);
        assertThat(roc.points()).isEqualTo(5);
        assertThat(roc.threshold(1)).isEqualTo(2);
        assertThat(roc.tpr(1)).isEqualTo(0.75);
        assertThat(roc.fpr(1)).isEqualTo(0.25);
        assertThat(roc.resolvableTprAt(0.25)).hasValue(0.75);
        assertThat(roc.resolvableTprAt(0.1)).isEmpty();
    }

    @Test
    void the_first_of_equally_good_thresholds_wins() {
        assertThat(Roc.balancedThreshold(new double[] {5, 9}, new double[] {5, 1}))
                .isEqualTo(5);
        assertThat(Roc.balancedThreshold(new double[] {9, 5}, new double[] {5, 1}))
                .isEqualTo(9);
        assertThat(Roc.balancedThreshold(new double[] {0}, new double[] {7, 3})).isZero();
    }

    @Test
    void refuses_what_has_no_curve() {
        assertThatThrownBy(() -> Roc.of(new double[0], new double[] {1}))
                .hasMessageContaining("member scores are empty");
        assertThatThrownBy(() -> Roc.of(new double[] {1}, new double[] {0, Double.NaN}))
                .hasMessageContaining("non-member scores[1] is NaN");
        assertThatThrownBy(() -> Roc.of(new double[] {1}, new double[] {0}).tprAt(1.5))
                .hasMessageContaining("1.5; 0 to 1");
    }

    @Property(tries = 300, seed = "20261122")
    void agrees_with_brute_force_on_tied_scores(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 60) int members,
            @ForAll @IntRange(min = 1, max = 60) int nonMembers,
            @ForAll @IntRange(min = 1, max = 20) int levels) {
        Random random = new Random(seed);
        double[] in = random.ints(members, 0, levels).mapToDouble(i -> i - 3).toArray();
        double[] out =
                random.ints(nonMembers, 0, levels).mapToDouble(i -> i - 4).toArray();

        Roc roc = Roc.of(in, out);

        assertThat(roc.auc()).isEqualTo(bruteAuc(in, out), within(1e-12));
        for (double fpr : new double[] {0, 0.01, 0.1, 0.5, 1}) {
            assertThat(roc.tprAt(fpr)).isEqualTo(bruteTpr(in, out, fpr), within(1e-12));
        }
        double threshold = Roc.balancedThreshold(in, out);
        double atThreshold = (share(in, threshold) + 1 - share(out, threshold)) / 2;
        double best = DoubleStream.concat(Arrays.stream(in), Arrays.stream(out))
                .map(t -> (share(in, t) + 1 - share(out, t)) / 2)
                .max()
                .orElseThrow();
        assertThat(atThreshold).isEqualTo(best, within(1e-12));
        assertThat(roc.bestBalancedAccuracy()).isEqualTo(Math.max(best, 0.5), within(1e-12));
    }

    private static double bruteAuc(double[] in, double[] out) {
        double wins = 0;
        for (double a : in) {
            for (double b : out) {
                wins += a > b ? 1 : a == b ? 0.5 : 0;
            }
        }
        return wins / in.length / out.length;
    }

    private static double bruteTpr(double[] in, double[] out, double fpr) {
        return DoubleStream.concat(Arrays.stream(in), Arrays.stream(out))
                .filter(t -> share(out, t) <= fpr)
                .map(t -> share(in, t))
                .max()
                .orElse(0);
    }

    private static double share(double[] scores, double threshold) {
        return Arrays.stream(scores).filter(s -> s >= threshold).count() / (double) scores.length;
    }

    @Test
    void equal_scores_can_be_told_apart_by_chance() {
        // Half of the non-members and nine tenths of the members look the same.
        double[] in = {1, 1, 1, 1, 1, 1, 1, 1, 1, 0};
        double[] out = {1, 1, 1, 1, 1, 0, 0, 0, 0, 0};

        Roc roc = Roc.of(in, out);

        assertThat(roc.tprAt(0.1)).isZero();
        assertThat(roc.randomisedTprAt(0.1)).isEqualTo(0.18, within(1e-12));
        assertThat(roc.randomisedTprAt(0.5)).isEqualTo(0.9);
        assertThat(roc.randomisedTprAt(0.75)).isEqualTo(0.95, within(1e-12));
        assertThat(roc.randomisedTprAt(1)).isEqualTo(1);
    }
}
