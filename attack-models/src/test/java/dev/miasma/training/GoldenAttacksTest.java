// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.miasma.attack.AttackModel;
import dev.miasma.attack.LogisticAttack;
import dev.miasma.attack.NetworkAttack;
import dev.miasma.dataset.PosteriorTable;
import dev.miasma.evaluation.Roc;
import dev.miasma.fixtures.Golden;
import dev.miasma.fixtures.Trainers;
import dev.miasma.posterior.PosteriorFeature;
import dev.miasma.training.ShadowTraining.Shadow;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Parity with values that an independent script computed from public posteriors. */
class GoldenAttacksTest {

    private static final TrainingOptions OPTIONS = TrainingOptions.of(1, LocalDate.of(2026, 1, 1));
    private static final double EXPECTED_TO = 1e-4;

    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {
                "MAX_POSTERIOR",
                "NEGATIVE_ENTROPY",
                "STANDARD_DEVIATION",
                "TRUE_CLASS_CONFIDENCE",
                "NEGATIVE_MODIFIED_ENTROPY"
            })
    void statistics_agree(PosteriorFeature statistic) throws IOException {
        PosteriorTable target = Golden.target();
        JsonNode expected = Golden.expected().get("scores").get(statistic.id().replace('-', '_'));
        double[] in = Golden.values(statistic, target.members());
        double[] out = Golden.values(statistic, target.nonMembers());
        Roc roc = Roc.of(in, out);

        Map<String, Double> measured = Map.of(
                "auc", roc.auc(),
                "best_balanced_accuracy", roc.bestBalancedAccuracy(),
                "tpr_at_10pct", roc.tprAt(0.1),
                "tpr_at_1pct", roc.tprAt(0.01),
                "tpr_at_0.1pct", roc.tprAt(0.001),
                "shadow_global_threshold_accuracy", accuracy(Baselines.global(statistic, shadow()), target),
                "shadow_per_class_threshold_accuracy", accuracy(Baselines.perClass(statistic, shadow()), target));

        expected.properties()
                .forEach(e -> assertThat(measured.get(e.getKey()))
                        .as(e.getKey())
                        .isEqualTo(e.getValue().doubleValue(), within(EXPECTED_TO)));
        assertThat(expected.size()).isGreaterThanOrEqualTo(6);
    }

    @Test
    void the_gap_attack_agrees() throws IOException {
        PosteriorTable target = Golden.target();

        double accuracy = accuracy(Baselines.GAP, target);

        assertThat(accuracy)
                .isEqualTo(Golden.expected().get("gap_attack_accuracy").doubleValue(), within(EXPECTED_TO));
    }

    @ParameterizedTest
    @EnumSource
    void adversary_1_with_the_papers_network_agrees(NetworkAttack.Activation activation) throws IOException {
        AttackFitter fitter = AttackFitter.network(
                Trainers.requireNetworks(), NetworkAttack.PAPER_UNITS, activation, AttackFitter.NETWORK_OPTIONS);
        Shadow shadow = shadow();

        AttackModel attack = fitter.fit(shadow.in(), shadow.out(), OPTIONS.withFeatures(TrainingOptions.TOP_3));

        Roc roc = roc(attack, Golden.target());
        System.out.println("adversary 1, top 3, " + fitter.name() + ": " + shown(roc));
        assertThat(roc.auc()).isBetween(0.845, 0.865);
    }

    @Test
    void adversary_1_agrees() throws IOException {
        LogisticAttack attack = ShadowTraining.fit(
                shadow(), OPTIONS.withFeatures(TrainingOptions.TOP_3).withRidge(0));

        Roc roc = roc(attack, Golden.target());

        System.out.println("adversary 1, top 3: " + shown(roc));
        assertThat(roc.auc()).isEqualTo(0.8556, within(0.002));
    }

    @Test
    void default_features_beat_the_papers_attack_with_labels_and_without() throws IOException {
        PosteriorTable target = Golden.target();
        Shadow shadow = shadow();
        LogisticAttack labelled = ShadowTraining.fit(shadow, OPTIONS);
        LogisticAttack unlabelled = ShadowTraining.fit(
                new Shadow(shadow.in().withoutLabels(), shadow.out().withoutLabels()), OPTIONS);

        Roc known = roc(labelled, target);
        Roc unknown = Roc.of(
                Golden.scores(unlabelled, target.members().withoutLabels()),
                Golden.scores(unlabelled, target.nonMembers().withoutLabels()));

        System.out.println("default, labels known: " + shown(known) + "; unknown: " + shown(unknown));
        assertThat(known.auc()).isGreaterThanOrEqualTo(0.870);
        assertThat(known.tprAt(0.01)).isGreaterThanOrEqualTo(0.060);
        assertThat(unknown.auc()).isGreaterThanOrEqualTo(0.860);
        assertThat(unknown.tprAt(0.01)).isGreaterThanOrEqualTo(0.060);
    }

    private static Shadow shadow() throws IOException {
        PosteriorTable shadow = Golden.shadow();
        return new Shadow(shadow.members(), shadow.nonMembers());
    }

    private static Roc roc(AttackModel attack, PosteriorTable table) {
        return Roc.of(Golden.scores(attack, table.members()), Golden.scores(attack, table.nonMembers()));
    }

    private static String shown(Roc roc) {
        return "AUC %.4f, TPR at 10/1/0.1 %% %.3f %.3f %.3f"
                .formatted(roc.auc(), roc.tprAt(0.1), roc.tprAt(0.01), roc.tprAt(0.001));
    }

    private static double accuracy(AttackModel attack, PosteriorTable table) {
        return AttackReport.of(attack, table.members(), table.nonMembers())
                .overall()
                .accuracy()
                .orElseThrow();
    }
}
