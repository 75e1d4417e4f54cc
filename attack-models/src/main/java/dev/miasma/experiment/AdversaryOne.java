// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import dev.miasma.experiment.PaperFigure.Certainty;
import dev.miasma.target.Overfitting;
import dev.miasma.training.AttackFitter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import smile.math.MathEx;

/**
 * ML-Leaks adversary 1 on every data set: one shadow of the target's kind, the three highest posteriors, 64 hidden units
 * (Salem et al. 2019, section III; figure 1 and the figures on overfitting).
 */
final class AdversaryOne implements Experiment {

    private static final PaperFigure CIFAR_100 = new PaperFigure(
            "0.95 / 0.95", "ML-Leaks, text of section III: CIFAR-100, precision / recall", Certainty.SECONDARY);
    private static final PaperFigure CHANCE =
            new PaperFigure("about 0.5", "ML-Leaks, figure 1: Adult and MNIST, precision", Certainty.RECALLED);
    private static final double NEAR_CHANCE = 0.6;
    private static final double WELL_ABOVE = 0.65;
    private static final double PAPER_BOUND = 0.85;

    @Override
    public String name() {
        return "adversary-1";
    }

    @Override
    public String title() {
        return "ML-Leaks adversary 1 on every data set, and overfitting";
    }

    @Override
    public List<ModelJob> jobs(Study study) {
        return study.datasets().stream()
                .map(study::target)
                .flatMap(target -> List.of(target, target.shadow()).stream())
                .toList();
    }

    @Override
    public ExperimentResult run(Workbench bench, Study study) {
        AttackFitter fitter = AttackFitter.network(bench.networks());
        List<List<Cell>> rows = new ArrayList<>();
        List<Plot.Point> points = new ArrayList<>();
        Map<String, Attacked> found = new LinkedHashMap<>();
        for (String dataset : study.datasets()) {
            ModelJob job = study.target(dataset);
            ModelAnswers target = bench.answers(job);
            Attacked attacked = Attacked.of(fitter, Attacked.top3(study.seed()), bench.answers(job.shadow()), target);
            Overfitting overfitting = target.overfitting();
            found.put(dataset, attacked);
            points.add(new Plot.Point(Rows.title(dataset), Math.max(0, overfitting.gap()), attacked.auc()));
            rows.add(Rows.joined(
                    List.of(
                            Cell.of(Rows.title(dataset)),
                            Cell.of(job.members()),
                            Cell.of(overfitting.trainAccuracy()),
                            Cell.of(overfitting.testAccuracy()),
                            Cell.of(overfitting.gap())),
                    attacked.cells(),
                    List.of(paper(dataset))));
        }
        ResultTable table = new ResultTable(
                "Adversary 1, the papers' networks",
                Rows.joined(
                        List.of("data set", "members", "train accuracy", "test accuracy", "gap"),
                        Attacked.COLUMNS,
                        List.of("paper: precision / recall")),
                rows);
        return new ExperimentResult(
                name(),
                title(),
                "A shadow of the target's kind is trained on another quarter of the data. A network of 64 hidden units"
                        + " learns on its three highest probabilities to tell its members from others, and is turned on"
                        + " the target.",
                List.of(table),
                List.of(new Plot.Points(
                        "adversary-1",
                        "The more a model overfits, the better the attack",
                        "train accuracy minus test accuracy",
                        "AUC of adversary 1",
                        points)),
                checks(found, points),
                List.of("The paper's figure 1 is a bar chart, so its other values can't be set beside ours as digits."),
                List.of(CIFAR_100, CHANCE));
    }

    private static Cell paper(String dataset) {
        return switch (dataset) {
            case "cifar100" -> Cell.of(CIFAR_100);
            case "adult", "mnist" -> Cell.of(CHANCE);
            default -> Cell.NONE;
        };
    }

    private static List<Check> checks(Map<String, Attacked> found, List<Plot.Point> points) {
        List<Check> checks = new ArrayList<>();
        for (Map.Entry<String, Attacked> entry : found.entrySet()) {
            double auc = entry.getValue().auc();
            boolean generalises =
                    entry.getKey().equals("adult") || entry.getKey().equals("mnist");
            checks.add(new Check(
                    Rows.title(entry.getKey())
                            + (generalises ? ": AUC near chance, below " + NEAR_CHANCE : ": AUC above " + WELL_ABOVE),
                    generalises ? auc < NEAR_CHANCE : auc > WELL_ABOVE,
                    Rows.three(auc)));
        }
        Attacked cifar100 = found.get("cifar100");
        if (cifar100 != null) {
            double precision = cifar100.precision().orElse(0);
            double recall = cifar100.recall().orElse(0);
            checks.add(new Check(
                    "CIFAR-100: precision and recall of at least " + PAPER_BOUND,
                    precision >= PAPER_BOUND && recall >= PAPER_BOUND,
                    Rows.three(precision) + " / " + Rows.three(recall)));
        }
        if (points.size() > 2) {
            double rho = MathEx.spearman(
                    points.stream().mapToDouble(Plot.Point::x).toArray(),
                    points.stream().mapToDouble(Plot.Point::y).toArray());
            checks.add(new Check(
                    "The order of the data sets by AUC is that by overfitting: rank correlation of at least 0.8",
                    rho >= 0.8,
                    Rows.three(rho)));
        }
        return checks;
    }
}
