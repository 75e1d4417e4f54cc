// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.posterior.PosteriorView;
import org.junit.jupiter.api.Test;

/** The file that is shipped; its figures are its own and change when it is made again. */
class UniversalModelTest {

    private final CalibratedAttack universal = UniversalModel.load();

    @Test
    void comes_with_the_figures_of_every_data_set_that_was_left_out() {
        assertThat(universal.provenance().transfer())
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(transfer ->
                        assertThat(universal.provenance().protocol()).contains(transfer.dataset()));
        assertThat(universal.provenance().protocol()).startsWith("ML-Leaks adversary 2");
    }

    @Test
    void promises_no_budget() {
        assertThat(universal.calibration().source()).isEqualTo(NullSource.OTHER_DATA);
        assertThat(universal.calibration().budgetGuaranteed()).isFalse();
    }

    @Test
    void scores_a_sure_answer_above_an_unsure_one_whatever_the_number_of_classes() {
        assertThat(score(0.99, 0.01)).isGreaterThan(score(0.6, 0.4));
        assertThat(score(0.99, 0.005, 0.003, 0.002)).isGreaterThan(score(0.6, 0.2, 0.1, 0.1));
        assertThat(score(0.9, 0.1, 0, 0)).isEqualTo(score(0.9, 0.1));
    }

    @Test
    void the_surer_an_answer_the_higher_its_score_up_to_the_surest() {
        double last = 0;
        for (double other = 0.5; other > 1e-11; other /= 2) {
            double score = score(1 - other, other);
            assertThat(score).isGreaterThan(last).isLessThan(1);
            last = score;
        }
    }

    private double score(double... posterior) {
        return universal.model().score(new PosteriorView().set(posterior));
    }
}
