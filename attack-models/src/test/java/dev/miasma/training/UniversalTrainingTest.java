// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miasma.attack.CalibratedAttack;
import dev.miasma.attack.ModelFile;
import dev.miasma.attack.NullSource;
import dev.miasma.attack.Transfer;
import dev.miasma.dataset.Dataset;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.dataset.PurchaseLike;
import dev.miasma.posterior.PosteriorFeature;
import dev.miasma.target.LogisticRegressionTarget;
import dev.miasma.target.Overfitting;
import dev.miasma.training.ShadowTraining.Shadow;
import dev.miasma.training.UniversalTraining.Source;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class UniversalTrainingTest {

    private static final TrainingOptions OPTIONS = TrainingOptions.universal(3, LocalDate.of(2026, 1, 1));

    /** Models of data sets that differ in size and number of classes. */
    private static final List<Source> SOURCES = List.of(source(1, 800, 20), source(2, 400, 10), source(3, 600, 5));

    private static Source source(long seed, int records, int classes) {
        Dataset data = PurchaseLike.generate(seed, records, 60, classes, 0.35);
        return new Source(
                "made-up-" + seed,
                shadow(data.range(0, records / 2), seed),
                shadow(data.range(records / 2, records), seed),
                new Overfitting(1, 0.5));
    }

    private static Shadow shadow(Dataset data, long seed) {
        return ShadowTraining.shadow(data, part -> LogisticRegressionTarget.train(part, 0.01, 1e-3, 30), seed);
    }

    @Test
    void an_attack_carries_over_to_data_it_does_not_know() {
        List<Transfer> transfer = UniversalTraining.transfer(SOURCES, AttackFitter.logistic(), OPTIONS);

        assertThat(transfer).extracting(Transfer::dataset).containsExactly("made-up-1", "made-up-2", "made-up-3");
        assertThat(transfer).allSatisfy(to -> assertThat(to.auc()).isGreaterThan(0.6));
        assertThat(transfer.getFirst().testAccuracy()).isEqualTo(0.5);
    }

    @Test
    void each_data_set_has_the_same_weight_and_other_models_calibrate() {
        CalibratedAttack attack = UniversalTraining.train(SOURCES, AttackFitter.logistic(), OPTIONS);

        assertThat(attack.calibration().nonMembers()).isEqualTo(100);
        assertThat(attack.calibration().members()).isZero();
        assertThat(attack.evaluation().members()).isEqualTo(3 * 100);
        assertThat(attack.evaluation().nonMembers()).isEqualTo(3 * 100);
        assertThat(attack.calibration().source()).isEqualTo(NullSource.OTHER_DATA);
        assertThat(attack.calibration().budgetGuaranteed()).isFalse();
        assertThat(attack.provenance().transfer()).hasSize(3);
        assertThat(attack.provenance().protocol())
                .contains("made-up-1, made-up-2, made-up-3, 100 members and as many non-members each");
    }

    @Test
    void an_envelope_has_as_many_scores_above_any_value_as_the_set_with_most() {
        double[] envelope = UniversalTraining.envelope(new double[] {0.1, 0.9, 0.5, 0.4, 0.6, 0.3}, 2);

        assertThat(envelope).containsExactly(0.3, 0.5, 0.9);
    }

    @Test
    void the_same_answers_and_seed_give_the_same_file() {
        String first = ModelFile.toJson(UniversalTraining.train(SOURCES, AttackFitter.logistic(), OPTIONS));
        String second = ModelFile.toJson(UniversalTraining.train(SOURCES, AttackFitter.logistic(), OPTIONS));

        assertThat(second).isEqualTo(first);
        assertThat(ModelFile.toJson(ModelFile.read(first.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(first);
    }

    @Test
    void known_non_members_of_the_watched_model_make_its_calibration() {
        CalibratedAttack universal = UniversalTraining.train(SOURCES.subList(1, 3), AttackFitter.logistic(), OPTIONS);
        Shadow watched = SOURCES.getFirst().target();

        CalibratedAttack attack = UniversalTraining.calibrated(
                universal, watched.in().withoutLabels(), watched.out().withoutLabels(), OPTIONS);

        assertThat(attack.model()).isSameAs(universal.model());
        assertThat(attack.calibration().source()).isEqualTo(NullSource.NON_MEMBERS);
        assertThat(attack.calibration().nonMembers()).isEqualTo(200);
        assertThat(attack.evaluation().auc().orElseThrow()).isGreaterThan(0.6);
        assertThat(attack.provenance().protocol()).startsWith("the attack of universal model " + universal.id());
    }

    @Test
    void the_target_of_a_data_set_that_was_left_out_teaches_nothing() {
        Source last = SOURCES.get(2);
        Source mute = new Source(last.dataset(), last.target(), last.target(), last.overfitting());

        assertThat(UniversalTraining.transfer(
                                List.of(SOURCES.get(0), SOURCES.get(1), mute), AttackFitter.logistic(), OPTIONS)
                        .getLast())
                .isEqualTo(UniversalTraining.transfer(SOURCES, AttackFitter.logistic(), OPTIONS)
                        .getLast());
    }

    @Test
    void what_cannot_be_pooled_is_refused_by_name() {
        Source first = SOURCES.getFirst();
        PosteriorSet none = PosteriorSet.unlabelled(new double[0][]);
        Source empty = new Source("empty", new Shadow(none, none), first.target(), first.overfitting());

        assertThatThrownBy(() -> UniversalTraining.train(List.of(first), AttackFitter.logistic(), OPTIONS))
                .hasMessage("data sets are [made-up-1]; at least 2 and none twice needed");
        assertThatThrownBy(() -> UniversalTraining.train(List.of(first, first), AttackFitter.logistic(), OPTIONS))
                .hasMessageContaining("none twice");
        assertThatThrownBy(() -> UniversalTraining.train(List.of(first, empty), AttackFitter.logistic(), OPTIONS))
                .hasMessage("answers for [empty] are 0; at least 1 needed of each kind");
        assertThatThrownBy(() -> UniversalTraining.train(
                        SOURCES,
                        AttackFitter.logistic(),
                        OPTIONS.withFeatures(List.of(PosteriorFeature.STANDARD_DEVIATION))))
                .hasMessageContaining("features are [standard-deviation]; none that depends on the number of classes");
    }
}
