// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PosteriorViewTest {

    @Test
    void reads_everything_by_the_textbook() {
        PosteriorView view = new PosteriorView().set(new double[] {.1, .6, .3}, 3, 2);

        assertThat(view.predictedClass()).isEqualTo(1);
        assertThat(view.correct()).isFalse();
        assertThat(new double[] {view.top(1), view.top(2), view.top(3)}).containsExactly(.6, .3, .1);
        assertThat(view.confidence()).isEqualTo(.3);
        assertThat(view.entropy()).isEqualTo(-.1 * Math.log(.1) - .6 * Math.log(.6) - .3 * Math.log(.3), within(1e-15));
        assertThat(view.modifiedEntropy())
                .isEqualTo(-.7 * Math.log(.3) - .1 * Math.log(.9) - .6 * Math.log(.4), within(1e-15));
        assertThat(view.logitMargin()).isEqualTo(Math.log(.3 / .7), within(1e-15));
        assertThat(view.standardDeviation()).isEqualTo(Math.sqrt((.46 - 1 / 3.0) / 3), within(1e-15));
    }

    @Test
    void takes_the_predicted_class_where_the_label_is_unknown() {
        double[] p = {.1, .6, .3};

        PosteriorView unknown = new PosteriorView().set(p);
        PosteriorView told = new PosteriorView().set(p, 3, 1);

        assertThat(unknown.correct()).isFalse();
        assertThat(told.correct()).isTrue();
        assertThat(unknown.logitMargin()).isEqualTo(told.logitMargin());
        assertThat(unknown.modifiedEntropy()).isEqualTo(told.modifiedEntropy());
    }

    @Test
    void forgets_the_last_posterior() {
        PosteriorView view = new PosteriorView().set(new double[] {1, 0});
        double before = view.entropy() + view.logitMargin() + view.standardDeviation() + view.modifiedEntropy();

        view.set(new double[] {.25, .75, 9}, 2, 0);

        assertThat(before).isNotNaN();
        assertThat(view.maxPosterior()).isEqualTo(.75);
        assertThat(view.top(3)).isZero();
        assertThat(view.logitMargin()).isEqualTo(Math.log(1 / 3.0), within(1e-15));
    }

    @ParameterizedTest
    @CsvSource({"0, -1, classes is 0; 1 to 2", "3, -1, classes is 3; 1 to 2", "2, 2, true class is 2; -1 to 1"})
    void refuses_what_is_out_of_bounds(int classes, int trueClass, String message) {
        assertThatThrownBy(() -> new PosteriorView().set(new double[2], classes, trueClass))
                .hasMessageContaining(message);
    }

    @Test
    void refuses_other_ranks_and_no_posterior() {
        assertThatThrownBy(() -> new PosteriorView().set(new double[] {1}).top(4))
                .hasMessageContaining("rank is 4; 1 to 3");
        assertThatThrownBy(() -> new PosteriorView().top(1)).isInstanceOf(IllegalStateException.class);
    }

    @Property(tries = 300, seed = "20261122")
    void ranks_as_a_sort_does(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int classes) {
        // Coarse values, so that ties are common.
        double[] p =
                new Random(seed).ints(classes, 0, 5).mapToDouble(i -> i / 4.0).toArray();
        double[] sorted = Arrays.stream(p).map(v -> -v).sorted().map(v -> -v).toArray();

        PosteriorView view = new PosteriorView().set(p);

        for (int rank = 1; rank <= 3; rank++) {
            assertThat(view.top(rank)).isEqualTo(rank <= classes ? sorted[rank - 1] : 0, within(0.0));
        }
        assertThat(p[view.predictedClass()]).isEqualTo(sorted[0]);
    }

    @ParameterizedTest
    @EnumSource
    void every_feature_is_finite_at_a_corner_and_has_a_name(PosteriorFeature feature) {
        PosteriorView view = new PosteriorView();

        assertThat(feature.of(view.set(new double[] {0, 1, 0}, 3, 1))).isFinite();
        assertThat(feature.of(view.set(new double[] {0, 1, 0}, 3, 0))).isFinite();
        assertThat(feature.of(view.set(new double[] {1}))).isFinite();
        assertThat(PosteriorFeature.from(feature.id())).isSameAs(feature);
    }

    @Test
    void an_unknown_feature_is_named_with_the_known_ones() {
        assertThatThrownBy(() -> PosteriorFeature.from("top-4"))
                .hasMessageContaining("'top-4'")
                .hasMessageContaining("logit-margin");
    }
}
