// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.miasma.dataset.PosteriorTable;
import dev.miasma.evaluation.AttackFigures;
import dev.miasma.evaluation.Figure;
import dev.miasma.fixtures.Golden;
import dev.miasma.fixtures.Trainers;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The audit of public posteriors shows the values that an independent script computed of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoldenAuditTest {

    private static final double EXPECTED_TO = 1e-4;

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private AuditResult result;

    @ParameterizedTest
    @CsvSource({
        "max_posterior, max-posterior",
        "negative_entropy, entropy",
        "standard_deviation, standard-deviation",
        "true_class_confidence, confidence",
        "negative_modified_entropy, modified-entropy",
    })
    void statistics_agree(String expectedName, String attack) throws IOException {
        JsonNode expected = Golden.expected().get("scores").get(expectedName);

        AttackFigures figures = figures(result, attack);
        Map<String, Figure> names = Map.of(
                "auc", Figure.AUC,
                "best_balanced_accuracy", Figure.BEST_BALANCED_ACCURACY,
                "tpr_at_10pct", Figure.TPR_AT_10_PERCENT,
                "tpr_at_1pct", Figure.TPR_AT_1_PERCENT,
                "tpr_at_0.1pct", Figure.TPR_AT_01_PERCENT,
                "shadow_global_threshold_accuracy", Figure.ACCURACY);
        names.forEach((name, figure) -> {
            if (expected.has(name)) {
                assertThat(figures.value(figure).orElseThrow())
                        .as(name)
                        .isEqualTo(expected.get(name).doubleValue(), within(EXPECTED_TO));
            }
        });
        if (expected.has("shadow_per_class_threshold_accuracy")) {
            assertThat(figures(result, attack + "-per-class").confusion().accuracy())
                    .isEqualTo(
                            expected.get("shadow_per_class_threshold_accuracy").doubleValue(), within(EXPECTED_TO));
        }
    }

    @Test
    void the_gap_attack_and_the_learned_attacks_agree() throws IOException {
        assertThat(figures(result, "gap").confusion().accuracy())
                .isEqualTo(Golden.expected().get("gap_attack_accuracy").doubleValue(), within(EXPECTED_TO));
        assertThat(figures(result, "ml-leaks-adversary-1").roc().auc()).isEqualTo(0.8556, within(0.002));
        assertThat(figures(result, "learned").roc().auc()).isGreaterThanOrEqualTo(0.8643);
        assertThat(figures(result, "learned").roc().tprAt(0.01)).isGreaterThanOrEqualTo(0.06);
        assertThat(figures(result, "learned").value(Figure.TPR_AT_001_PERCENT)).isEmpty();
        assertThat(figures(result, "learned").warnings()).anyMatch(w -> w.contains("0.01 % FPR cannot be resolved"));
    }

    @Test
    void the_papers_attacks_reach_what_is_expected_of_them() throws IOException {
        Trainers.requireNetworks();
        JsonNode expected =
                Golden.expected().get("learned_attacks_fitted_on_shadow").get("ml_leaks_adversary_1_top3_mlp64");

        AttackFigures network = figures(result, "ml-leaks-adversary-1-network");
        AttackFigures shokri = figures(result, "shokri-per-class");
        AttackFigures shokriNetwork = figures(result, "shokri-per-class-network");

        assertThat(network.roc().auc())
                .isBetween(
                        expected.get("auc_low").doubleValue(),
                        expected.get("auc_high").doubleValue());
        assertThat(shokri.roc().auc()).isGreaterThan(0.85);
        assertThat(shokriNetwork.roc().auc()).isGreaterThan(0.84);
        // Learnt on records that the attack had seen, the threshold would be right for these alone.
        assertThat(shokriNetwork.confusion().balancedAccuracy()).isGreaterThan(0.77);
    }

    private static AttackFigures figures(AuditResult result, String attack) {
        return result.attacks().stream()
                .filter(a -> a.name().equals(attack))
                .findFirst()
                .orElseThrow()
                .figures();
    }

    @BeforeAll
    void audit() throws IOException {
        PosteriorTable shadow = Golden.shadow();
        result = new Audit(StandardAttacks.all(), new AuditOptions(1, 0, 0.5))
                .withShadow(
                        new Reference("the shadow", shadow.members(), shadow.nonMembers()),
                        Answers.of(Golden.target()));
    }
}
