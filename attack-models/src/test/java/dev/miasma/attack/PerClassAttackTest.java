// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miasma.posterior.PosteriorFeature;
import dev.miasma.posterior.PosteriorView;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PerClassAttackTest {

    private static final double[] POSTERIOR = {.1, .2, .6, .1};

    private final PosteriorView view = new PosteriorView();
    private final PerClassAttack attack = AttackKinds.perClass();

    @Test
    void the_true_class_chooses_the_attack_and_takes_off_its_threshold() {
        AttackModel first = attack.attackOf(0);

        double score = attack.score(view.set(POSTERIOR, 4, 0));

        assertThat(score).isEqualTo(first.score(view) - 0.5);
        assertThat(attack.threshold()).isZero();
    }

    @Test
    void without_a_true_class_the_predicted_one_chooses() {
        double score = attack.score(view.set(POSTERIOR));

        assertThat(score).isEqualTo(attack.attackOf(2).score(view) - 0.375);
    }

    @Test
    void a_class_without_an_attack_of_its_own_gets_the_one_for_all() {
        double within = attack.score(view.set(POSTERIOR, 4, 1));
        double beyond = attack.score(view.set(POSTERIOR, 4, 3));

        assertThat(within).isEqualTo(attack.fallback().score(view) - 0.625).isEqualTo(beyond);
        assertThat(attack.features()).containsExactly(PosteriorFeature.TOP_1, PosteriorFeature.TOP_2);
    }

    @Test
    void what_does_not_go_together_is_refused() {
        TreeMap<Integer, AttackModel> nested = new TreeMap<>();
        nested.put(0, attack);
        TreeMap<Integer, AttackModel> mixed = new TreeMap<>();
        mixed.put(1, new ThresholdAttack(PosteriorFeature.TOP_1, 0.5));
        TreeMap<Integer, AttackModel> far = new TreeMap<>();
        far.put(PerClassAttack.MOST_CLASSES, attack.fallback());

        assertThatThrownBy(() -> new PerClassAttack(nested, attack.fallback()))
                .hasMessageContaining("class 0 is per class itself");
        assertThatThrownBy(() -> new PerClassAttack(new TreeMap<>(), attack))
                .hasMessageContaining("fallback is per class itself");
        assertThatThrownBy(() -> new PerClassAttack(mixed, attack.fallback()))
                .hasMessageContaining("class 1 and the fall-back score in different units");
        assertThatThrownBy(() -> new PerClassAttack(mixed, new ThresholdAttack(PosteriorFeature.TOP_2, 0)))
                .hasMessageContaining("different units");
        assertThatThrownBy(() -> new PerClassAttack(far, attack.fallback()))
                .hasMessageContaining("classes are 10000 to 10000; 0 to 9999");
    }
}
