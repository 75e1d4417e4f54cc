// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.miasma.attack.NetworkAttack.Activation;
import dev.miasma.attack.NetworkAttack.Unit;
import dev.miasma.posterior.PosteriorFeature;
import dev.miasma.posterior.PosteriorView;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NetworkAttackTest {

    private static final List<PosteriorFeature> ONE = List.of(PosteriorFeature.TOP_1);
    private static final Unit UNIT = new Unit(0, new double[] {1}, 1);

    @Test
    void scores_what_its_formula_says() {
        PosteriorView view = new PosteriorView().set(new double[] {.2, .8});
        double[] sums = {0.5 + 1.25 * .8 - 2 * .2, -0.25 + 0.5 * .8 + 4 * .2, -.8 + 0.125 * .2};

        double tanh = AttackKinds.network(Activation.TANH).score(view);
        double relu = AttackKinds.network(Activation.RELU).score(view);

        double z = 3 * Math.tanh(sums[0]) - 1.5 * Math.tanh(sums[1]) + 0.75 * Math.tanh(sums[2]) - 0.5;
        assertThat(tanh).isEqualTo(1 / (1 + Math.exp(-z)), within(1e-15));
        assertThat(relu).isEqualTo(1 / (1 + Math.exp(-(3 * sums[0] - 1.5 * sums[1] - 0.5))), within(1e-15));
    }

    @Test
    void the_largest_parameters_still_score_a_number() {
        double most = NetworkAttack.LARGEST;
        List<Unit> units = IntStream.range(0, NetworkAttack.MOST_UNITS)
                .mapToObj(u -> new Unit(most, new double[] {most}, u % 2 == 0 ? most : -most))
                .toList();

        double score = new NetworkAttack(List.of(PosteriorFeature.LOG_TOP_3), Activation.RELU, units, -most, 0.5)
                .score(new PosteriorView().set(new double[] {.4, .3, .3}));

        assertThat(score).isBetween(0.0, 1.0);
    }

    @Test
    void wrong_parts_are_refused() {
        assertThatThrownBy(() -> new NetworkAttack(ONE, Activation.RELU, List.of(), 0, 0.5))
                .hasMessageContaining("hidden units are 0; 1 to 1024");
        assertThatThrownBy(() -> network(new Unit(0, new double[2], 1)))
                .hasMessageContaining("hidden[0] has 2 weights; one for each of 1");
        assertThatThrownBy(() -> network(new Unit(Double.NaN, new double[1], 1)))
                .hasMessageContaining("hidden[0].bias is NaN");
        assertThatThrownBy(() -> network(new Unit(0, new double[] {1e16}, 1)))
                .hasMessageContaining("hidden[0].weights[0] is 1.0E16");
        assertThatThrownBy(() -> network(new Unit(0, new double[1], Double.NEGATIVE_INFINITY)))
                .hasMessageContaining("hidden[0].output is -Infinity");
        assertThatThrownBy(() -> new NetworkAttack(ONE, Activation.TANH, List.of(UNIT), 0, 2))
                .hasMessageContaining("threshold is 2.0; 0 to 1");
    }

    private static NetworkAttack network(Unit unit) {
        return new NetworkAttack(ONE, Activation.RELU, List.of(unit), 0, 0.5);
    }
}
