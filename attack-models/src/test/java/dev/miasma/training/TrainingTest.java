// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.miasma.attack.CalibratedAttack;
import dev.miasma.attack.Calibration;
import dev.miasma.attack.LogisticAttack;
import dev.miasma.attack.ModelFile;
import dev.miasma.attack.NullSource;
import dev.miasma.dataset.Dataset;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.dataset.PosteriorTable;
import dev.miasma.dataset.PurchaseLike;
import dev.miasma.fixtures.Golden;
import dev.miasma.posterior.PosteriorFeature;
import dev.miasma.posterior.PosteriorView;
import dev.miasma.target.LogisticRegressionTarget;
import dev.miasma.target.TargetModel;
import dev.miasma.training.ShadowTraining.Shadow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import smile.classification.LogisticRegression;

class TrainingTest {

    private static final TrainingOptions OPTIONS = TrainingOptions.of(42, LocalDate.of(2026, 1, 1));

    /** A small model that overfits: 20 classes, few records, much noise. */
    private static final Shadow OVERFITTED =
            ShadowTraining.shadow(PurchaseLike.generate(1, 800, 60, 20, 0.35), TrainingTest::train, 2);

    private static TargetModel train(Dataset dataset) {
        return LogisticRegressionTarget.train(dataset, 0.01, 1e-3, 30);
    }

    @Test
    void an_owner_gets_a_model_calibrated_and_evaluated_on_the_other_half() {
        CalibratedAttack attack = OwnerTraining.train(OVERFITTED.in(), OVERFITTED.out(), OPTIONS);

        assertThat(attack.evaluation().auc().orElseThrow()).isGreaterThan(0.75);
        assertThat(attack.evaluation().members()).isEqualTo(200);
        assertThat(attack.evaluation().tprAt1Percent()).isPresent();
        assertThat(attack.evaluation().tprAt01Percent()).isEmpty();
        assertThat(attack.calibration().source()).isEqualTo(NullSource.NON_MEMBERS);
        assertThat(attack.calibration().nonMembers()).isEqualTo(200);
        assertThat(attack.calibration().budgetGuaranteed()).isFalse();
        assertThat(attack.provenance().dataHash()).matches("[0-9a-f]{64}");
        assertThat(attack.provenance().library()).isEqualTo("Smile 6.2.5");
        assertThat(attack.provenance().protocol()).startsWith("owner");
        assertThat(attack.model().features()).isEqualTo(TrainingOptions.RICH);
    }

    @Test
    void the_same_data_and_seed_give_the_same_file() {
        CalibratedAttack first = OwnerTraining.train(OVERFITTED.in(), OVERFITTED.out(), OPTIONS);
        CalibratedAttack second = OwnerTraining.train(OVERFITTED.in(), OVERFITTED.out(), OPTIONS);
        CalibratedAttack other = OwnerTraining.train(
                OVERFITTED.in(), OVERFITTED.out(), TrainingOptions.of(43, LocalDate.of(2026, 1, 1)));

        assertThat(ModelFile.toJson(second)).isEqualTo(ModelFile.toJson(first));
        assertThat(other.id()).isNotEqualTo(first.id());
        byte[] json = ModelFile.toJson(first).getBytes(StandardCharsets.UTF_8);
        assertThat(ModelFile.toJson(ModelFile.read(json))).isEqualTo(ModelFile.toJson(first));
    }

    @Test
    void folded_weights_score_as_smile_does_on_standardised_features() {
        for (List<PosteriorFeature> features : List.of(TrainingOptions.TOP_3, TrainingOptions.RICH)) {
            LogisticAttack ours = ShadowTraining.fit(OVERFITTED, OPTIONS.withFeatures(features));

            double[] smile = smileScores(features);

            double[] scores = Golden.scores(ours, OVERFITTED.out());
            assertThat(scores).containsExactly(smile, within(1e-12));
        }
    }

    @Test
    void a_shadow_calibrates_itself_without_a_guarantee() {
        CalibratedAttack attack = ShadowTraining.train(OVERFITTED, OPTIONS);

        assertThat(attack.calibration().source()).isEqualTo(NullSource.SHADOW_NON_MEMBERS);
        assertThat(attack.calibration().budgetGuaranteed()).isFalse();
        assertThat(attack.evaluation().auc()).isPresent();
    }

    @Test
    void a_shadows_attack_is_calibrated_on_the_model_itself_where_its_answers_are_known() {
        PosteriorSet none = PosteriorSet.unlabelled(new double[0][]);

        CalibratedAttack known = ShadowTraining.train(OVERFITTED, OVERFITTED.in(), OVERFITTED.out(), OPTIONS);
        CalibratedAttack nonMembersOnly = ShadowTraining.train(OVERFITTED, none, OVERFITTED.out(), OPTIONS);

        assertThat(known.calibration().source()).isEqualTo(NullSource.NON_MEMBERS);
        assertThat(known.calibration().evidence().rowName(0)).startsWith("member-share-");
        assertThat(nonMembersOnly.calibration().evidence().rowName(0)).isEqualTo("p-value-0.2");
        assertThat(nonMembersOnly.evaluation().auc()).isEmpty();
        assertThat(known.calibration().cuts())
                .contains(nonMembersOnly.calibration().cuts());
    }

    @Test
    void what_the_attack_was_fitted_on_says_where_evidence_is_cut() {
        Calibration shadows = ShadowTraining.train(OVERFITTED, OPTIONS).calibration();
        Calibration owners =
                OwnerTraining.train(OVERFITTED.in(), OVERFITTED.out(), OPTIONS).calibration();

        assertThat(shadows.members()).isGreaterThanOrEqualTo(100);
        for (Calibration calibration : List.of(shadows, owners)) {
            double[] shares = calibration.evidenceShares().orElseThrow();
            assertThat(Arrays.stream(shares).max().orElseThrow()).isGreaterThan(0.3);
            assertThat(Arrays.stream(shares).sum()).isLessThanOrEqualTo(1 + 1e-9);
        }
    }

    @Test
    void noise_alone_gives_a_threshold_without_a_guarantee() {
        TargetModel target = train(PurchaseLike.generate(1, 400, 60, 20, 0.35));

        CalibratedAttack attack = NoiseThreshold.train(target, PosteriorFeature.MAX_POSTERIOR, 0.5, OPTIONS);

        assertThat(attack.calibration().nonMembers()).isEqualTo(1000);
        assertThat(attack.calibration().source()).isEqualTo(NullSource.NOISE_QUERIES);
        assertThat(attack.calibration().budgetGuaranteed()).isFalse();
        assertThat(attack.calibration().members()).isZero();
        assertThat(attack.provenance().protocol()).contains("density 0.5");
        double[][] noise = NoiseThreshold.bits(1000, 60, 0.5, 42);
        long above = Arrays.stream(noise)
                .map(target::posterior)
                .filter(p -> attack.model().score(new PosteriorView().set(p))
                        >= attack.model().threshold())
                .count();
        assertThat(above).isEqualTo(100);
    }

    @Test
    void too_little_data_is_refused_by_name() {
        PosteriorSet one = OVERFITTED.in().subset(new int[] {0});

        assertThatThrownBy(() -> OwnerTraining.train(one, OVERFITTED.out(), OPTIONS))
                .hasMessageContaining("members are 1; at least 2");
        assertThatThrownBy(() -> ShadowTraining.fit(new Shadow(PosteriorSet.unlabelled(new double[0][]), one), OPTIONS))
                .hasMessageContaining("members are 0; at least 1");
        assertThatThrownBy(() -> OPTIONS.withRidge(-1)).hasMessageContaining("ridge is -1.0");
        assertThatThrownBy(() -> NoiseThreshold.bits(1, 1, 2, 1)).hasMessageContaining("density is 2.0");
    }

    @Test
    void an_owners_attack_on_the_golden_target_is_as_good_as_expected() throws IOException {
        PosteriorTable target = Golden.target();

        CalibratedAttack labelled = OwnerTraining.train(target.members(), target.nonMembers(), OPTIONS);
        CalibratedAttack unlabelled = OwnerTraining.train(
                target.members().withoutLabels(), target.nonMembers().withoutLabels(), OPTIONS);

        System.out.println("owner, labels known: " + labelled.evaluation());
        System.out.println("owner, labels unknown: " + unlabelled.evaluation());
        assertThat(labelled.evaluation().auc().orElseThrow()).isGreaterThan(0.86);
        assertThat(unlabelled.evaluation().auc().orElseThrow()).isGreaterThan(0.84);
    }

    /** Smile's own answers for OVERFITTED.out, the features standardised as the fit does. */
    private static double[] smileScores(List<PosteriorFeature> features) {
        int in = OVERFITTED.in().size();
        int n = in + OVERFITTED.out().size();
        double[][] x = new double[n][features.size()];
        int[] y = new int[n];
        Arrays.fill(y, 0, in, 1);
        for (int f = 0; f < features.size(); f++) {
            double[] inValues = Golden.values(features.get(f), OVERFITTED.in());
            double[] outValues = Golden.values(features.get(f), OVERFITTED.out());
            double mean = 0;
            for (int i = 0; i < n; i++) {
                x[i][f] = i < in ? inValues[i] : outValues[i - in];
                mean += x[i][f] / n;
            }
            double squares = 0;
            for (int i = 0; i < n; i++) {
                x[i][f] -= mean;
                squares += x[i][f] * x[i][f];
            }
            for (int i = 0; i < n; i++) {
                x[i][f] /= Math.sqrt(squares / n);
            }
        }
        LogisticRegression.Binomial smile =
                LogisticRegression.binomial(x, y, new LogisticRegression.Options(OPTIONS.ridge() * n, 1e-8, 1000));
        return Arrays.stream(x, in, n).mapToDouble(smile::score).toArray();
    }
}
