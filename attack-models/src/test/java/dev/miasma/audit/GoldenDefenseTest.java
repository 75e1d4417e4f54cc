// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.miasma.dataset.PosteriorTable;
import dev.miasma.fixtures.Golden;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** On public posteriors of an overfitted network, the defences do what Shokri et al. 2017 found. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoldenDefenseTest {

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private DefenseAuditResult result;

    @Test
    void top_3_and_three_digits_barely_help() {
        assertThat(auc("top3")).isGreaterThan(result.undefended().auc() - 0.02);
        assertThat(auc("round3")).isGreaterThan(result.undefended().auc() - 0.02);
    }

    @Test
    void label_only_still_leaks_the_accuracy_gap() throws IOException {
        double gap = Golden.expected().get("gap_attack_accuracy").doubleValue();

        assertThat(auc("label")).isEqualTo(gap, within(0.005));
        assertThat(auc("label")).isLessThan(result.undefended().auc() - 0.1);
    }

    @Test
    void mem_guard_blinds_the_attack_it_guards_against_and_no_other() {
        DefenseResult guarded = defence("memguard");

        // Learnt on the bare shadow, the attack of the surrogate's kind is led astray; the others are not.
        List<String> inverted = guarded.attackers().compare((adaptive, naive) -> naive.inverted());
        assertThat(inverted).contains("Miasma's learned attack, label unknown");
        assertThat(guarded.attackers().adaptive().auc()).isGreaterThan(0.75);
        assertThat(guarded.attackers().adaptive().inverted()).isEmpty();
        assertThat(guarded.utility().distortion()).isBetween(0.05, 1.0);
    }

    @Test
    void no_defence_of_the_answers_changes_the_prediction() {
        assertThat(result.defences())
                .allSatisfy(
                        defence -> assertThat(defence.utility().labelsKept()).isEqualTo(1));
        assertThat(defence("top3").utility().accuracyBefore())
                .isEqualTo(defence("top3").utility().accuracyAfter());
    }

    private double auc(String id) {
        return defence(id).attackers().adaptive().auc();
    }

    private DefenseResult defence(String id) {
        return result.defences().stream()
                .filter(defence -> defence.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @BeforeAll
    void audit() throws IOException {
        PosteriorTable table = Golden.shadow();
        Reference shadow = new Reference("the shadow", table.members(), table.nonMembers());
        result = new DefenseAudit(DefenseAuditResult.USUAL_TARGET, 1, 2)
                .run(
                        shadow,
                        Answers.of(Golden.target()),
                        DefenseAudit.defences(List.of("top3", "round3", "label", "memguard"), shadow, 1));
    }
}
