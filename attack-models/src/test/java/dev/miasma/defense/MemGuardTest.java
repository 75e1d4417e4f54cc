// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.defense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.miasma.attack.AttackModel;
import dev.miasma.attack.LogisticAttack;
import dev.miasma.attack.ThresholdAttack;
import dev.miasma.posterior.PosteriorFeature;
import dev.miasma.posterior.PosteriorView;
import dev.miasma.posterior.Posteriors;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class MemGuardTest {

    /** Takes whoever is answered surely for a member; 1/2 at a highest probability of 0.7. */
    private static final AttackModel SURE =
            new LogisticAttack(List.of(PosteriorFeature.TOP_1), new double[] {20}, -14, 0.5);

    private static final AttackModel RICH = new LogisticAttack(
            List.of(PosteriorFeature.LOGIT_MARGIN, PosteriorFeature.LOG_ENTROPY, PosteriorFeature.LOG_TOP_3),
            new double[] {1, -0.5, -0.2},
            -4,
            0.5);

    @Property(tries = 60, seed = "20261122")
    void every_answer_stays_a_posterior_that_predicts_the_same(@ForAll("posteriors") double[] p) {
        double[] out = OutputDefenseTest.applied(new MemGuard(RICH, 2, 1), p);

        Posteriors.requireValid(out, out.length, 1e-9, out.length);
        assertThat(Predictions.of(out, out.length)).isEqualTo(Predictions.of(p, p.length));
        assertThat(Math.abs(score(RICH, out) - 0.5)).isLessThanOrEqualTo(Math.abs(score(RICH, p) - 0.5));
    }

    @Property(tries = 20, seed = "20261122")
    void asking_again_gives_the_same(@ForAll("posteriors") double[] p) {
        double[] once = OutputDefenseTest.applied(new MemGuard(RICH, 0.1, 1), p);

        assertThat(OutputDefenseTest.applied(new MemGuard(RICH, 0.1, 1), p)).isEqualTo(once);
    }

    @Test
    void brings_the_surrogate_to_where_it_cannot_tell() {
        double[] p = {.98, .01, .006, .004};

        double[] out = OutputDefenseTest.applied(new MemGuard(SURE, 2, 1), p);

        assertThat(score(SURE, p)).isGreaterThan(0.99);
        assertThat(score(SURE, out)).isEqualTo(0.5, within(1e-6));
        assertThat(NoiseSearch.distance(p, out, 4)).isEqualTo(2 * .28, within(0.01));
    }

    @Test
    void raises_an_answer_that_looks_like_a_non_members_as_well() {
        double[] p = {.3, .25, .25, .2};

        double[] out = OutputDefenseTest.applied(new MemGuard(SURE, 2, 1), p);

        assertThat(out[0]).isEqualTo(0.7, within(1e-6));
    }

    @Test
    void leaves_alone_what_it_cannot_hide() {
        // 1/2 lies where the label would have to change: two classes, and the higher is never below a half.
        AttackModel never = new LogisticAttack(List.of(PosteriorFeature.TOP_1), new double[] {20}, -6, 0.5);
        double[] p = {.9, .1};

        assertThat(OutputDefenseTest.applied(new MemGuard(never, 2, 1), p)).isEqualTo(p);
    }

    @Test
    void a_flat_score_is_left_towards_less_sure_answers() {
        double[] oneHot = {0, 1, 0};

        double[] out = OutputDefenseTest.applied(new MemGuard(RICH, 2, 1), oneHot);

        assertThat(score(RICH, out)).isEqualTo(0.5, within(1e-6));
        assertThat(Predictions.of(out, 3)).isEqualTo(1);
    }

    @Test
    void the_mean_distortion_stays_within_the_budget_by_a_keyed_draw() {
        MemGuard guard = new MemGuard(SURE, 0.28, 1);
        MemGuard otherKey = new MemGuard(SURE, 0.28, 2);
        int changed = 0;
        int agreed = 0;
        double distortion = 0;
        int n = 400;
        for (int i = 0; i < n; i++) {
            double[] p = {.98 - i * 1e-5, .01 + i * 1e-5, .006, .004};
            double[] out = OutputDefenseTest.applied(guard, p);
            boolean different = NoiseSearch.distance(p, out, 4) > 0;
            boolean differentThere = NoiseSearch.distance(p, OutputDefenseTest.applied(otherKey, p), 4) > 0;
            changed += different ? 1 : 0;
            agreed += different == differentThere ? 1 : 0;
            distortion += NoiseSearch.distance(p, out, 4) / n;
        }

        // The noise is twice the budget, so half of the answers get it; other halves with another key.
        assertThat(changed / (double) n).isEqualTo(0.5, within(0.1));
        assertThat(agreed / (double) n).isEqualTo(0.5, within(0.1));
        assertThat(distortion).isEqualTo(0.28, within(0.05));
    }

    @Test
    void wants_a_surrogate_whose_score_is_a_probability() {
        assertThatThrownBy(() -> new MemGuard(new ThresholdAttack(PosteriorFeature.TOP_1, 0.5), 1, 1))
                .hasMessageContaining("kind 'threshold'; logistic or network needed");
        assertThatThrownBy(() -> new MemGuard(SURE, 0, 1)).hasMessageContaining("budget of memguard is 0.0");
        assertThat(OutputDefense.parse("memguard0.50", () -> SURE, 1).id()).isEqualTo("memguard0.5");
        assertThat(OutputDefense.parse("memguard", () -> SURE, 1).id()).isEqualTo("memguard");
    }

    @Provide
    Arbitrary<double[]> posteriors() {
        return OutputDefenseTest.anyPosteriors(60);
    }

    private static double score(AttackModel attack, double[] p) {
        return attack.score(new PosteriorView().set(p));
    }
}
