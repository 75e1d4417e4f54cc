// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.attack.AttackModel;
import dev.miasma.dataset.Dataset;
import dev.miasma.dataset.LocationDataset;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.dataset.Split;
import dev.miasma.fixtures.SharedFolder;
import dev.miasma.fixtures.Trainers;
import dev.miasma.target.Overfitting;
import dev.miasma.target.TargetModel;
import dev.miasma.target.TargetTrainer;
import dev.miasma.target.network.NetworkOptions;
import dev.miasma.target.network.NetworkTarget;
import dev.miasma.target.network.NetworkTrainer;
import dev.miasma.training.ShadowTraining.Shadow;
import dev.miasma.training.ShokriTraining.Overlap;
import dev.miasma.training.ShokriTraining.Plan;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Both papers' attacks on Location-30 with the papers' network, data cut into quarters. */
class LocationNetworkTest {

    private static final TrainingOptions OPTIONS = TrainingOptions.of(1, LocalDate.of(2026, 1, 1));
    private static final int SHADOWS = 8;
    private static final int THREADS = 2;

    @Test
    void the_papers_attacks_reach_what_is_expected_of_them() throws IOException {
        NetworkTrainer networks = Trainers.requireNetworks();
        TargetTrainer trainer = NetworkTarget.fullyConnected(networks, NetworkOptions.PAPER.withEpochs(100));
        Dataset location = LocationDataset.read(SharedFolder.require("data"));
        Split quarters = Split.quarters(location, 1);
        TargetModel target = trainer.train(quarters.part(0), 1);
        PosteriorSet members = target.answers(quarters.part(0));
        PosteriorSet nonMembers = target.answers(quarters.part(1));
        Overfitting overfitting = Overfitting.of(target, quarters.part(0), quarters.part(1));
        Dataset pool = rest(location, quarters.part(0).size());

        List<Shadow> shadows = ShokriTraining.shadows(
                pool, trainer, new Plan(SHADOWS, Overlap.OVERLAPPING, pool.size() / 2, 1, THREADS));
        AttackFitter fitter = AttackFitter.network(networks);
        AttackModel adversary1 = fitter.fit(
                shadows.getFirst().in(), shadows.getFirst().out(), OPTIONS.withFeatures(TrainingOptions.TOP_3));
        AttackModel shokri = ShokriTraining.fit(shadows, fitter, OPTIONS, THREADS);
        AttackModel shokriLogistic = ShokriTraining.fit(shadows, AttackFitter.logistic(), OPTIONS, THREADS);

        System.out.println("target: " + overfitting);
        AttackReport one = report("adversary 1", adversary1, members, nonMembers);
        AttackReport many = report("Shokri, " + SHADOWS + " shadows", shokri, members, nonMembers);
        AttackReport plain = report("Shokri, logistic", shokriLogistic, members, nonMembers);
        assertThat(overfitting.trainAccuracy()).isGreaterThan(0.995);
        assertThat(one.roc().auc()).isGreaterThanOrEqualTo(0.87);
        assertThat(one.overall().recall().orElseThrow()).isGreaterThanOrEqualTo(0.95);
        assertThat(many.roc().auc()).isGreaterThanOrEqualTo(0.92);
        assertThat(plain.roc().auc()).isGreaterThanOrEqualTo(0.92);
        assertThat(many.byClass()).hasSize(LocationDataset.CLASSES);
    }

    /** Everything after the two quarters of the target, which the split shuffles first. */
    private static Dataset rest(Dataset location, int quarter) {
        int[] order = Split.shuffled(location.size(), 1);
        return location.subset(
                IntStream.range(2 * quarter, 4 * quarter).map(i -> order[i]).toArray());
    }

    private static AttackReport report(String name, AttackModel attack, PosteriorSet members, PosteriorSet nonMembers) {
        AttackReport report = AttackReport.of(attack, members, nonMembers);
        Decisions overall = report.overall();
        System.out.printf(
                "%s: AUC %.3f, precision %.3f, recall %.3f, TPR at 1 %% %.3f; precision by class %s%n",
                name,
                report.roc().auc(),
                overall.precision().orElseThrow(),
                overall.recall().orElseThrow(),
                report.roc().tprAt(0.01),
                report.byClass().stream()
                        .map(c -> "%.2f".formatted(c.precision().orElse(Double.NaN)))
                        .toList());
        return report;
    }
}
