// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import dev.miasma.attack.PerClassAttack;
import dev.miasma.experiment.PaperFigure.Certainty;
import dev.miasma.target.Overfitting;
import dev.miasma.training.AttackFitter;
import dev.miasma.training.ShadowTraining.Shadow;
import dev.miasma.training.ShokriTraining;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Shokri's attack, several shadows and an attack a class, beside adversary 1 with its one shadow (Shokri et al. 2017,
 * section VII; Salem et al. 2019, section III, says that one shadow does as well).
 */
final class ShokriAttack implements Experiment {

    private static final Map<String, PaperFigure> PAPER = Map.of(
            "adult",
            new PaperFigure(
                    "0.503", "Shokri et al. 2017, section VII: Adult, Google's service, precision", Certainty.RECALLED),
            "mnist",
            new PaperFigure(
                    "0.517", "Shokri et al. 2017, section VII: MNIST, Google's service, precision", Certainty.RECALLED),
            "location",
            new PaperFigure(
                    "0.678",
                    "Shokri et al. 2017, section VII: Location, Google's service, precision",
                    Certainty.SECONDARY),
            "cifar10",
            new PaperFigure(
                    "0.74",
                    "Shokri et al. 2017, section VII: CIFAR-10, 15,000 members, precision",
                    Certainty.SECONDARY),
            "cifar100",
            new PaperFigure(
                    "0.95 / 0.94",
                    "ML-Leaks, section III: Shokri's attack on CIFAR-100, 10 shadows, precision / recall",
                    Certainty.SECONDARY));

    @Override
    public String name() {
        return "shokri";
    }

    @Override
    public String title() {
        return "Shokri's attack on every data set, beside adversary 1";
    }

    @Override
    public List<ModelJob> jobs(Study study) {
        return datasets(study).stream()
                .map(study::target)
                .flatMap(target -> Stream.concat(Stream.of(target, target.shadow()), shadows(study, target).stream()))
                .toList();
    }

    @Override
    public ExperimentResult run(Workbench bench, Study study) {
        List<List<Cell>> rows = new ArrayList<>();
        Map<String, Attacked> shokris = new LinkedHashMap<>();
        Map<String, Attacked> adversaries = new LinkedHashMap<>();
        for (String dataset : datasets(study)) {
            ModelJob job = study.target(dataset);
            ModelAnswers target = bench.answers(job);
            Overfitting overfitting = target.overfitting();
            List<Shadow> shadows = shadows(study, job).stream()
                    .map(shadow -> bench.answers(shadow).shadow())
                    .toList();
            PerClassAttack attack = ShokriTraining.fit(
                    shadows, AttackFitter.network(bench.networks()), Attacked.options(study.seed()), bench.threads());
            Attacked shokri = Attacked.of(attack, target);
            Attacked adversary1 = Attacked.of(
                    AttackFitter.network(bench.networks()),
                    Attacked.top3(study.seed()),
                    bench.answers(job.shadow()),
                    target);
            shokris.put(dataset, shokri);
            adversaries.put(dataset, adversary1);
            rows.add(Rows.joined(
                    List.of(
                            Cell.of(Rows.title(dataset)),
                            Cell.of(overfitting.gap()),
                            Cell.of(shadows.size()),
                            Cell.of(attack.members().size())),
                    shokri.cells(),
                    List.of(
                            Cell.of(adversary1.auc()),
                            Optional.ofNullable(PAPER.get(dataset))
                                    .map(Cell::of)
                                    .orElse(Cell.NONE))));
        }
        return new ExperimentResult(
                name(),
                title(),
                "Shadows are trained on records drawn from all that aren't the target's, and an attack a class, of 64 hidden"
                        + " their answers, with the one for all classes where a class has few records.",
                List.of(new ResultTable(
                        "Shokri's attack, the papers' networks",
                        Rows.joined(
                                List.of("data set", "gap", "shadows", "classes with an attack of their own"),
                                Attacked.COLUMNS,
                                List.of("AUC of adversary 1", "paper")),
                        rows)),
                List.of(new Plot.Bars(
                        "shokri",
                        "Several shadows and an attack a class, against one shadow and one attack",
                        "AUC",
                        shokris.keySet().stream().map(Rows::title).toList(),
                        List.of(series("Shokri et al.", shokris), series("adversary 1", adversaries)),
                        java.util.OptionalDouble.of(0.5))),
                checks(shokris, adversaries),
                List.of("The papers' targets are others than ours, a cloud service's among them, so orders are to be"
                        + " compared and not digits. Precision is that of all classes together; the paper gives the"
                        + " median over classes."),
                datasets(study).stream()
                        .flatMap(dataset -> Optional.ofNullable(PAPER.get(dataset)).stream())
                        .toList());
    }

    private static Plot.Series series(String name, Map<String, Attacked> found) {
        return new Plot.Series(name, Rows.values(found.values().stream().mapToDouble(Attacked::auc)));
    }

    private static List<Check> checks(Map<String, Attacked> shokris, Map<String, Attacked> adversaries) {
        double most = 0;
        for (Map.Entry<String, Attacked> entry : shokris.entrySet()) {
            most = Math.max(
                    most,
                    entry.getValue().auc()
                            - Rows.at(adversaries, entry.getKey()).auc());
        }
        return List.of(new Check(
                "One shadow does nearly as well: adversary 1 loses at most 0.1 of AUC to Shokri's attack",
                most <= 0.1,
                Rows.three(most)));
    }

    private static List<String> datasets(Study study) {
        List<String> wanted = study.quick() ? List.of("adult", "location", "news", "cifar100") : Study.ALL;
        return study.datasets().stream().filter(wanted::contains).toList();
    }

    private static List<ModelJob> shadows(Study study, ModelJob target) {
        int k = study.quick() ? 2 : target.dataset().equals("location") ? 10 : 3;
        return IntStream.range(0, k)
                .mapToObj(i -> target.pool(i, ShadowData.REAL))
                .toList();
    }
}
