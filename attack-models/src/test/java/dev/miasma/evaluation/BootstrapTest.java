// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class BootstrapTest {

    @Test
    void intervals_cover_the_truth_about_as_often_as_they_promise() {
        // N(1, 1) against N(0, 1): the AUC is the normal distribution function at 1 / sqrt 2.
        double truth = 0.7602;
        int covered = 0;
        int samples = 200;
        for (int s = 0; s < samples; s++) {
            AuditedScores audited = normal(s, 100);
            covered += new Bootstrap(audited)
                            .intervals(300, s)
                            .getOrDefault(Figure.AUC, new Interval(0, 0))
                            .contains(truth)
                    ? 1
                    : 0;
        }

        assertThat(covered).isBetween(samples * 90 / 100, samples * 99 / 100);
    }

    @Test
    void the_same_seed_gives_the_same_intervals() {
        AuditedScores audited = normal(7, 200);

        assertThat(new Bootstrap(audited).intervals(100, 3)).isEqualTo(new Bootstrap(audited).intervals(100, 3));
        assertThat(new Bootstrap(audited).intervals(100, 4)).isNotEqualTo(new Bootstrap(audited).intervals(100, 3));
    }

    @Test
    void every_figure_lies_in_its_interval_on_a_usual_sample() {
        AttackFigures figures = AttackFigures.of(normal(11, 1000), 1000, 1);

        for (Figure figure : Figure.values()) {
            assertThat(figures.interval(figure).isPresent())
                    .as(figure.name())
                    .isEqualTo(figures.value(figure).isPresent());
            figures.value(figure)
                    .ifPresent(value -> assertThat(
                                    figures.interval(figure).orElseThrow().contains(value))
                            .as(figure + " " + value + " in " + figures.interval(figure))
                            .isTrue());
        }
    }

    @Test
    void a_thousand_resamples_of_two_thousand_scores_take_less_than_a_second() {
        AuditedScores audited = normal(5, 1000);

        Assertions.assertTimeout(Duration.ofSeconds(1), () -> new Bootstrap(audited).intervals(1000, 1));
    }

    private static AuditedScores normal(long seed, int each) {
        Random random = new Random(seed);
        double[] in = random.doubles(each).map(x -> random.nextGaussian() + 1).toArray();
        double[] out = random.doubles(each).map(x -> random.nextGaussian()).toArray();
        return EvaluationPropertyTest.audited(
                in, out, ReferenceScores.of("a reserve", new double[] {0.5, 2}, new double[] {-1, 0}));
    }
}
