// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.miasma.posterior.PosteriorFeature;
import dev.miasma.posterior.PosteriorView;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AttackModelTest {

    private static final List<PosteriorFeature> TOP_2 = List.of(PosteriorFeature.TOP_1, PosteriorFeature.TOP_2);

    @Test
    void a_logistic_attack_scores_the_weighted_features() {
        AttackModel attack = new LogisticAttack(TOP_2, new double[] {2, -3}, 0.5, 0.5);

        double score = attack.score(new PosteriorView().set(new double[] {.2, .8}));

        assertThat(score).isEqualTo(1 / (1 + Math.exp(-(0.5 + 2 * .8 - 3 * .2))), within(1e-15));
        assertThat(attack.kind()).isEqualTo("logistic");
    }

    @Test
    void a_logistic_attack_of_wrong_parts_is_refused() {
        assertThatThrownBy(() -> new LogisticAttack(TOP_2, new double[1], 0, 0.5))
                .hasMessageContaining("weights are 1");
        assertThatThrownBy(() -> new LogisticAttack(List.of(), new double[0], 0, 0.5))
                .hasMessageContaining("features are []");
        assertThatThrownBy(() -> new LogisticAttack(TOP_2, new double[] {0, Double.NaN}, 0, 0.5))
                .hasMessageContaining("weights[1] is NaN");
        assertThatThrownBy(() -> new LogisticAttack(TOP_2, new double[2], Double.POSITIVE_INFINITY, 0.5))
                .hasMessageContaining("bias is Infinity");
        assertThatThrownBy(() -> new LogisticAttack(TOP_2, new double[2], 0, 1.1))
                .hasMessageContaining("threshold is 1.1; 0 to 1");
        assertThatThrownBy(() -> new LogisticAttack(
                        List.of(PosteriorFeature.TOP_1, PosteriorFeature.TOP_1), new double[2], 0, 0.5))
                .hasMessageContaining("none twice");
    }

    @Test
    void noise_puts_a_tenth_of_its_answers_at_or_above_the_threshold() {
        List<double[]> noise = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            double top = 0.5 + i / 2000.0;
            noise.add(new double[] {top, 1 - top});
        }

        ThresholdAttack attack =
                ThresholdAttack.fromNoise(PosteriorFeature.MAX_POSTERIOR, noise, ThresholdAttack.TOP_SHARE);

        PosteriorView view = new PosteriorView();
        long above = noise.stream()
                .filter(p -> attack.score(view.set(p)) >= attack.threshold())
                .count();
        assertThat(above).isEqualTo(100);
        assertThat(ThresholdAttack.fromNoise(
                        PosteriorFeature.MAX_POSTERIOR, x -> new double[] {x[0], 1 - x[0]}, noise, 0.1))
                .isEqualTo(attack);
    }

    @Test
    void noise_of_the_wrong_kind_is_refused() {
        List<double[]> few = List.of(new double[] {1, 0});
        assertThatThrownBy(() -> ThresholdAttack.fromNoise(PosteriorFeature.MAX_POSTERIOR, few, 0.1))
                .hasMessageContaining("noise answers are 1; at least 10");
        assertThatThrownBy(() -> ThresholdAttack.fromNoise(PosteriorFeature.TOP_2, few, 0.1))
                .hasMessageContaining("statistic is top-2");
        assertThatThrownBy(() -> ThresholdAttack.fromNoise(PosteriorFeature.MAX_POSTERIOR, few, 1))
                .hasMessageContaining("top share is 1.0");
        assertThatThrownBy(() -> new ThresholdAttack(PosteriorFeature.TOP_1, Double.NaN))
                .hasMessageContaining("threshold is NaN");
    }

    static List<AttackModel> kinds() {
        PosteriorFeature[] all = PosteriorFeature.values();
        return List.of(
                new ThresholdAttack(PosteriorFeature.LOGIT_MARGIN, 0),
                new LogisticAttack(Arrays.asList(all), new double[all.length], 0.1, 0.5),
                AttackKinds.network(),
                AttackKinds.perClass());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void scoring_and_looking_up_allocate_nothing(AttackModel attack) {
        Calibration calibration = ModelFileTest.example().calibration();
        float[] column = new float[calibration.evidence().rows()];
        double[] p = new double[100];
        Arrays.fill(p, 0.01);
        PosteriorView view = new PosteriorView();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;

        // Several rounds: the first ones load classes and may be interrupted by the compiler.
        for (int round = 0; round < 5; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 2000; i++) {
                double score = attack.score(view.set(p, 100, i % 100));
                calibration.evidence().copyColumn(calibration.bin(score), column);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }

        assertThat(least).isLessThan(2000);
    }
}
