// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.miasma.dataset.PosteriorSet;
import dev.miasma.defense.OutputDefense;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class DefenseAuditTest {

    private static final Reference SHADOW = Samples.shadow(11, 300);
    private static final Answers MODEL = Samples.answers(21, 400);

    @Test
    void the_naive_figures_can_be_had_only_beside_the_adaptive_ones() {
        // Whatever else gives an exposure away has to be the adaptive attacker's.
        assertThat(Arrays.stream(Attackers.class.getMethods())
                        .filter(method -> method.getReturnType() == Exposure.class)
                        .map(Method::getName))
                .containsExactly("adaptive");
        assertThat(Attackers.class.getFields()).isEmpty();
    }

    @Test
    void a_defence_that_does_nothing_changes_nothing() {
        DefenseResult none = only(run(2, "top3"));

        assertThat(none.utility()).isEqualTo(new Utility(accuracy(), accuracy(), 1, 0));
        none.attackers().compare((adaptive, naive) -> {
            assertThat(adaptive).isEqualTo(naive);
            return adaptive;
        });
    }

    @Test
    void label_only_leaves_the_accuracy_gap_to_an_attacker() {
        DefenseResult label = only(run(2, "label"));

        double gap = Slices.accuracy(MODEL.members()) - Slices.accuracy(MODEL.nonMembers());
        assertThat(label.utility().labelsKept()).isEqualTo(1);
        assertThat(label.utility().accuracyLost()).isZero();
        assertThat(label.utility().distortion()).isGreaterThan(0.2);
        assertThat(label.attackers().adaptive().auc()).isEqualTo(0.5 + gap / 2, within(0.02));
    }

    @Test
    void equal_scores_are_told_apart_by_chance() {
        DefenseResult label = only(run(2, "label"));

        // Right answers are called: a hundredth of the non-members, and of the members in proportion.
        double expected = 0.01 * Slices.accuracy(MODEL.members()) / Slices.accuracy(MODEL.nonMembers());
        assertThat(label.attackers().adaptive().tprAt1Percent().orElseThrow()).isEqualTo(expected, within(0.005));
    }

    @Test
    void the_attacker_who_knows_the_defence_does_better() {
        DefenseResult guarded = only(run(2, "memguard2"));

        double[] aucs = guarded.attackers().compare((adaptive, naive) -> new double[] {adaptive.auc(), naive.auc()});
        assertThat(aucs[0]).isGreaterThanOrEqualTo(aucs[1] - 0.02);
        assertThat(guarded.utility().labelsKept()).isEqualTo(1);
    }

    @Test
    void an_attack_that_works_the_wrong_way_round_is_named() {
        Reference swapped = new Reference("the shadow", SHADOW.nonMembers(), SHADOW.members());

        DefenseAuditResult result = new DefenseAudit(0.02, 1, 1).run(swapped, MODEL, parsed("round2"));

        assertThat(result.undefended().inverted()).contains("Miasma's learned attack");
        assertThat(only(result).attackers().adaptive().inverted()).contains("Miasma's learned attack");
    }

    @Test
    void the_cheapest_defence_that_reaches_the_target_is_recommended() {
        Exposure much = exposure(0.2);
        Exposure little = exposure(0.015);
        Utility free = utility(0, 1, 0);
        DefenseResult bad = defence("bad", utility(0, 1, 0.1), new Attackers(much, little));
        DefenseResult dear = defence("dear", utility(0.1, 0.9, 0.1), new Attackers(little, little));
        DefenseResult coarse = defence("coarse", utility(0, 1, 0.9), new Attackers(little, little));
        DefenseResult fine = defence("fine", utility(0, 1, 0.5), new Attackers(little, little));
        DefenseResult known = defence("known", free, new Attackers(little, much));

        DefenseAuditResult result = new DefenseAuditResult(much, 0.02, List.of(bad, dear, coarse, fine, known));

        assertThat(result.recommended()).contains(fine);
        assertThat(result.needless()).isFalse();
        assertThat(new DefenseAuditResult(much, 0.5, List.of(bad)).needless()).isTrue();
        assertThat(new DefenseAuditResult(much, 0.02, List.of(bad)).recommended())
                .isEmpty();
        assertThat(result.strictest().id()).isEqualTo("dear");
    }

    @Test
    void nothing_is_recommended_where_the_sample_is_too_small_to_say() {
        Answers few = Samples.answers(21, 50);

        DefenseAuditResult result = new DefenseAudit(0.02, 1, 1).run(SHADOW, few, parsed("label"));

        assertThat(result.resolvable()).isFalse();
        assertThat(result.recommended()).isEmpty();
        assertThat(result.needless()).isFalse();
    }

    @Test
    void answers_without_labels_are_attacked_by_what_needs_none() {
        Answers unlabelled =
                Answers.of(MODEL.members().withoutLabels(), MODEL.nonMembers().withoutLabels());

        DefenseResult top = only(new DefenseAudit(0.02, 1, 1).run(SHADOW, unlabelled, parsed("top1")));

        assertThat(top.utility().accuracyBefore()).isEmpty();
        assertThat(top.utility().accuracyLost()).isZero();
        assertThat(top.attackers().adaptive().auc()).isGreaterThan(0.5);
    }

    @Test
    void the_number_of_threads_changes_nothing() {
        List<OutputDefense> defences = parsed("top1", "round1", "memguard");

        DefenseAuditResult one = new DefenseAudit(0.02, 1, 1).run(SHADOW, MODEL, defences);
        DefenseAuditResult three = new DefenseAudit(0.02, 1, 3).run(SHADOW, MODEL, defences);

        for (int d = 0; d < defences.size(); d++) {
            assertThat(three.defences().get(d).attackers().adaptive())
                    .isEqualTo(one.defences().get(d).attackers().adaptive());
        }
    }

    @Test
    void a_defended_training_is_attacked_by_what_learnt_on_a_shadow_trained_likewise() {
        DefenseAudit audit = new DefenseAudit(0.02, 1, 1);
        Reference otherwise = Samples.shadow(31, 200);

        Attackers attackers = audit.attackers(SHADOW, otherwise, MODEL);

        assertThat(attackers.adaptive())
                .isEqualTo(audit.run(SHADOW, MODEL, parsed("label")).undefended());
        Exposure naive = attackers.compare((adaptive, bare) -> bare);
        assertThat(naive).isEqualTo(audit.run(otherwise, MODEL, parsed("label")).undefended());
    }

    @Test
    void what_cannot_be_is_refused() {
        assertThatThrownBy(() -> new DefenseAudit(0.01, 1, 1))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("TPR at 1 % FPR is 0.01; above 0.01");
        assertThatThrownBy(() -> new DefenseAudit(0.02, 1, 1)
                        .run(SHADOW, Answers.of(SHADOW.members(), SHADOW.nonMembers()), parsed("label")))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("among the shadow's");
        assertThatThrownBy(() -> run(2)).isInstanceOf(AuditException.class).hasMessageContaining("defences are 0");
        PosteriorSet two = new PosteriorSet(new double[][] {{.4, .6}}, new int[] {0});
        assertThatThrownBy(() -> new DefenseAudit(0.02, 1, 1).run(SHADOW, Answers.of(two, two), parsed("label")))
                .hasMessageContaining("3 classes and the target 2");
    }

    private static DefenseAuditResult run(int threads, String... specs) {
        return new DefenseAudit(0.02, 1, threads).run(SHADOW, MODEL, parsed(specs));
    }

    private static List<OutputDefense> parsed(String... specs) {
        return DefenseAudit.defences(List.of(specs), SHADOW, 1);
    }

    private static DefenseResult only(DefenseAuditResult result) {
        assertThat(result.defences()).hasSize(1);
        return result.defences().getFirst();
    }

    private static OptionalDouble accuracy() {
        return OptionalDouble.of(Slices.accuracy(MODEL.nonMembers()));
    }

    private static Utility utility(double lost, double kept, double distortion) {
        return new Utility(OptionalDouble.of(0.6), OptionalDouble.of(0.6 - lost), kept, distortion);
    }

    private static Exposure exposure(double tpr) {
        return new Exposure(0.6, OptionalDouble.of(tpr), OptionalDouble.empty(), 0.5, "an attack", List.of());
    }

    private static DefenseResult defence(String id, Utility utility, Attackers attackers) {
        return new DefenseResult(id, id, "a paper", utility, attackers);
    }
}
