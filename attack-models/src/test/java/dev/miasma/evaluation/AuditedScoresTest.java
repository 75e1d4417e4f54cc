// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AuditedScoresTest {

    private static final ReferenceScores REFERENCE =
            ReferenceScores.of("a reserve", new double[] {2, 3}, new double[] {0, 1});
    private static final Yardstick YARDSTICK = REFERENCE.yardstick(REFERENCE.balancedThreshold(), 0.5);

    @Test
    void no_threshold_can_be_made_of_evaluated_scores() {
        Stream<Method> methods = Stream.of(AuditedScores.class, AttackFigures.class, Slice.class, Confusion.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()));

        assertThat(methods).noneMatch(method -> method.toGenericString().contains("LearntThreshold"));
        assertThat(LearntThreshold.class.getConstructors()).isEmpty();
    }

    @Test
    void refuses_a_record_judged_twice_or_never() {
        AuditedScores.Builder builder = AuditedScores.builder(1, 1).judge(true, 0, 2, YARDSTICK);

        assertThatThrownBy(() -> builder.judge(true, 0, 2, YARDSTICK))
                .hasMessage("member 0 is judged twice; once needed");
        assertThatThrownBy(builder::build).hasMessage("0 of 1 non-members are judged; all needed");
        assertThatThrownBy(() -> builder.judge(false, 0, Double.NaN, YARDSTICK))
                .hasMessage("score of non-member 0 is NaN; a finite number needed");
    }

    @Test
    void calls_an_attack_that_works_the_wrong_way_round_inverted() {
        AuditedScores audited = EvaluationPropertyTest.audited(new double[] {0, 1}, new double[] {2, 3}, REFERENCE);

        AttackFigures figures = AttackFigures.of(audited, 50, 1);

        assertThat(figures.inverted()).isTrue();
        assertThat(figures.roc().auc()).isZero();
        assertThat(figures.warnings())
                .anyMatch(w -> w.startsWith("inverted: the AUC is 0.0000, below 0.5, so non-members look"));
    }

    @Test
    void an_empty_slice_is_left_out_and_a_one_sided_one_has_no_figures() {
        AuditedScores audited = EvaluationPropertyTest.audited(new double[] {0, 2}, new double[] {1, 0}, REFERENCE);

        List<Slice> slices = Slice.cut(audited, List.of("a", "b", "c"), new int[] {0, 2}, new int[] {0, 0});

        assertThat(slices).extracting(Slice::name).containsExactly("a", "c");
        assertThat(slices.getFirst().auc()).hasValue(0.25);
        assertThat(slices.getFirst().confusion()).hasValue(new Confusion(0, 1, 0, 2));
        assertThat(slices.getLast().auc()).isEmpty();
        assertThat(slices.getLast().small()).isTrue();
    }

    @Test
    void a_perfect_precision_comes_with_what_the_sample_cannot_exclude() {
        AuditedScores audited = EvaluationPropertyTest.audited(new double[] {3, 2}, new double[] {1, 0}, REFERENCE);

        assertThat(AttackFigures.of(audited, 0, 0).warnings()).anyMatch(w -> w.contains("up to 3 / 2 (95 %)"));
    }
}
