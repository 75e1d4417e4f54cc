// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import dev.miasma.attack.AttackModel;
import dev.miasma.experiment.PaperFigure.Certainty;
import dev.miasma.training.AttackFitter;
import java.util.ArrayList;
import java.util.List;

/**
 * ML-Leaks adversary 2: the shadow is trained on another data set than the target, and the attack carries over because
 * it reads nothing but the highest posteriors (Salem et al. 2019, section IV). Every shadow against every target.
 */
final class TransferMatrix implements Experiment {

    private static final PaperFigure NEWS = new PaperFigure(
            "0.94 / 0.93",
            "ML-Leaks, section IV: target 20 Newsgroups through a CIFAR-100 shadow, precision / recall",
            Certainty.SECONDARY);
    /** Targets with a smaller gap hardly leak: nothing can be lost on the way to them. */
    private static final double OVERFITTED = 0.15;

    private static final double CLOSE = 0.05;

    @Override
    public String name() {
        return "adversary-2";
    }

    @Override
    public String title() {
        return "ML-Leaks adversary 2: every shadow data set against every target";
    }

    @Override
    public List<ModelJob> jobs(Study study) {
        return new AdversaryOne().jobs(study);
    }

    @Override
    public ExperimentResult run(Workbench bench, Study study) {
        AttackFitter fitter = AttackFitter.network(bench.networks());
        List<String> datasets = study.datasets();
        List<List<Attacked>> matrix = new ArrayList<>();
        for (String source : datasets) {
            ModelAnswers shadow = bench.answers(study.target(source).shadow());
            AttackModel attack = fitter.fit(shadow.in(), shadow.out(), Attacked.top3(study.seed()));
            matrix.add(datasets.stream()
                    .map(target -> Attacked.of(attack, bench.answers(study.target(target))))
                    .toList());
        }
        List<String> titles = datasets.stream().map(Rows::title).toList();
        return new ExperimentResult(
                name(),
                title(),
                "The attack of adversary 1 is learnt on a shadow of one data set and turned on the target of another,"
                        + " with its threshold. Rows are the shadow's data set, columns the target's.",
                List.of(
                        table("AUC", titles, matrix, attacked -> Cell.of(attacked.auc())),
                        table("Precision / recall at the shadow's threshold", titles, matrix, TransferMatrix::calls)),
                List.of(new Plot.HeatMap(
                        "adversary-2",
                        "AUC of an attack learnt on one data set, turned on another",
                        "shadow",
                        titles,
                        "target",
                        titles,
                        matrix.stream()
                                .map(row -> row.stream().map(Attacked::auc).toList())
                                .toList())),
                checks(bench, study, matrix),
                List.of("Adult has two classes, so its answers have no third probability; attacks learnt on it have"
                        + " never seen one."),
                List.of(NEWS));
    }

    private interface Shown {
        Cell of(Attacked attacked);
    }

    private static ResultTable table(String title, List<String> names, List<List<Attacked>> matrix, Shown shown) {
        List<List<Cell>> rows = new ArrayList<>();
        for (int s = 0; s < names.size(); s++) {
            rows.add(Rows.joined(
                    List.of(Cell.of(names.get(s))),
                    matrix.get(s).stream().map(shown::of).toList()));
        }
        return new ResultTable(title, Rows.joined(List.of("shadow"), names), rows);
    }

    private static Cell calls(Attacked attacked) {
        return Cell.of(Cell.of(attacked.precision()).text() + " / "
                + Cell.of(attacked.recall()).text());
    }

    private static List<Check> checks(Workbench bench, Study study, List<List<Attacked>> matrix) {
        List<Check> checks = new ArrayList<>();
        List<Double> diagonal = new ArrayList<>();
        List<Double> others = new ArrayList<>();
        for (int t = 0; t < matrix.size(); t++) {
            ModelJob target = study.target(study.datasets().get(t));
            if (bench.answers(target).overfitting().gap() < OVERFITTED) {
                continue;
            }
            for (int s = 0; s < matrix.size(); s++) {
                (s == t ? diagonal : others).add(matrix.get(s).get(t).auc());
            }
        }
        if (!others.isEmpty()) {
            double own = Rows.median(diagonal);
            double transferred = Rows.median(others);
            checks.add(new Check(
                    "Targets with a gap of at least " + OVERFITTED
                            + ": the median AUC of transferred attacks is within " + CLOSE
                            + " of that of the data sets' own",
                    Math.abs(own - transferred) <= CLOSE,
                    Rows.three(transferred) + " against " + Rows.three(own)));
        }
        int from = study.datasets().indexOf("cifar100");
        int to = study.datasets().indexOf("news");
        if (from >= 0 && to >= 0) {
            Attacked attacked = matrix.get(from).get(to);
            checks.add(new Check(
                    "20 Newsgroups through CIFAR-100: both above 0.7, where the paper has 0.94 / 0.93",
                    attacked.precision().orElse(0) > 0.7 && attacked.recall().orElse(0) > 0.7,
                    calls(attacked).text()));
        }
        return checks;
    }
}
