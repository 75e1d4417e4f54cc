// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miasma.attack.CalibratedAttack;
import dev.miasma.attack.ModelFile;
import dev.miasma.attack.NullSource;
import dev.miasma.attack.PerClassAttack;
import dev.miasma.dataset.Dataset;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.dataset.PurchaseLike;
import dev.miasma.dataset.Split;
import dev.miasma.target.LogisticRegressionTarget;
import dev.miasma.target.TargetModel;
import dev.miasma.target.TargetTrainer;
import dev.miasma.training.ShadowTraining.Shadow;
import dev.miasma.training.ShokriTraining.Overlap;
import dev.miasma.training.ShokriTraining.Plan;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ShokriTrainingTest {

    private static final TrainingOptions OPTIONS = TrainingOptions.of(42, LocalDate.of(2026, 1, 1));
    private static final TargetTrainer TRAINER = LogisticRegressionTarget.trainer(0.01, 1e-3, 30);
    private static final Dataset DATA = PurchaseLike.generate(1, 2400, 60, 12, 0.35);
    private static final Dataset POOL = Split.of(DATA, 1, 1600).part(0);

    @Test
    void the_number_of_threads_changes_nothing() {
        List<Shadow> one = ShokriTraining.shadows(POOL, TRAINER, plan(3, Overlap.OVERLAPPING, 1));
        List<Shadow> three = ShokriTraining.shadows(POOL, TRAINER, plan(3, Overlap.OVERLAPPING, 3));

        for (int s = 0; s < 3; s++) {
            assertThat(three.get(s).in().posteriors())
                    .isDeepEqualTo(one.get(s).in().posteriors());
            assertThat(three.get(s).out().posteriors())
                    .isDeepEqualTo(one.get(s).out().posteriors());
        }
        CalibratedAttack alone = attack(one, 1);
        CalibratedAttack together = attack(three, 3);
        assertThat(ModelFile.toJson(together)).isEqualTo(ModelFile.toJson(alone));
    }

    @Test
    void disjoint_shadows_share_no_record_and_overlapping_ones_do() {
        List<Set<Integer>> disjoint = recordsOf(Overlap.DISJOINT);
        List<Set<Integer>> overlapping = recordsOf(Overlap.OVERLAPPING);

        assertThat(Collections.disjoint(disjoint.get(0), disjoint.get(1))).isTrue();
        assertThat(Collections.disjoint(overlapping.get(0), overlapping.get(1))).isFalse();
    }

    @Test
    void one_attack_a_class_beats_chance_on_a_model_it_has_not_seen() {
        CalibratedAttack attack = attack(ShokriTraining.shadows(POOL, TRAINER, plan(4, Overlap.OVERLAPPING, 2)), 2);

        assertThat(attack.evaluation().auc().orElseThrow()).isGreaterThan(0.7);
        assertThat(attack.calibration().source()).isEqualTo(NullSource.NON_MEMBERS);
        assertThat(attack.provenance().protocol()).contains("Shokri et al. 2017: logistic regression", "4 shadows");
        assertThat(((PerClassAttack) attack.model()).members()).hasSizeBetween(6, 12);
    }

    @Test
    void a_thin_class_gets_the_attack_for_all() {
        Shadow shadow = ShokriTraining.shadows(POOL, TRAINER, plan(1, Overlap.DISJOINT, 1))
                .getFirst();
        PosteriorSet many = PosteriorSets.ofClass(shadow.in(), 3);
        int[] few = {0, 1, 2};
        PosteriorSet others =
                PosteriorSets.concatenated(List.of(PosteriorSets.ofClass(shadow.in(), 5), many.subset(few)));

        PerClassAttack attack =
                ShokriTraining.fit(List.of(new Shadow(others, shadow.out())), AttackFitter.logistic(), OPTIONS, 1);

        assertThat(attack.members()).doesNotContainKeys(3, 7);
        assertThat(attack.attackOf(3)).isSameAs(attack.fallback());
    }

    @Test
    void a_plan_that_the_data_cannot_serve_is_refused() {
        assertThatThrownBy(() -> ShokriTraining.shadows(POOL, TRAINER, new Plan(3, Overlap.DISJOINT, 300, 1, 1)))
                .hasMessageContaining("has 1600 records; 1800 needed for 3 shadows of 300 members, disjoint");
        assertThatThrownBy(() -> new Plan(0, Overlap.DISJOINT, 1, 1, 1)).hasMessageContaining("shadows are 0");
        assertThatThrownBy(() -> ShokriTraining.shadows(
                        POOL,
                        (data, seed) -> {
                            throw new IllegalStateException("shadow " + seed);
                        },
                        plan(2, Overlap.OVERLAPPING, 2)))
                .hasMessage("shadow 10");
    }

    private static Plan plan(int shadows, Overlap overlap, int threads) {
        return new Plan(shadows, overlap, 300, 9, threads);
    }

    private static CalibratedAttack attack(List<Shadow> shadows, int threads) {
        Split target = Split.of(DATA, 1, 1600, 400, 400);
        TargetModel model = TRAINER.train(target.part(1), 5);
        return ShokriTraining.train(
                shadows,
                model.answers(target.part(1)),
                model.answers(target.part(2)),
                AttackFitter.logistic(),
                OPTIONS,
                threads);
    }

    /** What the first two shadows were trained on. */
    private static List<Set<Integer>> recordsOf(Overlap overlap) {
        List<Set<Integer>> trained = new ArrayList<>();
        TargetTrainer spy = (data, seed) -> {
            trained.add(
                    Arrays.stream(data.features()).map(System::identityHashCode).collect(Collectors.toSet()));
            return TRAINER.train(data, seed);
        };
        ShokriTraining.shadows(POOL, spy, plan(2, overlap, 1));
        return trained;
    }
}
