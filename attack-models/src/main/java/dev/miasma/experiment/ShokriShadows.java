// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import dev.miasma.attack.PerClassAttack;
import dev.miasma.training.AttackFitter;
import dev.miasma.training.AttackReport;
import dev.miasma.training.Decisions;
import dev.miasma.training.ShadowTraining.Shadow;
import dev.miasma.training.ShokriTraining;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Shokri's attack with more and more shadows, and its precision and recall class by class (Shokri et al. 2017, sections
 * V and VII; ML-Leaks' figure on the number of shadow models). On Location.
 */
final class ShokriShadows implements Experiment {

    private static final String DATASET = "location";
    private static final int[] COUNTS = {1, 2, 5, 10, 20};
    private static final int MOST_QUICK = 5;
    private static final int[] QUANTILES = {0, 25, 50, 75, 100};

    @Override
    public String name() {
        return "shokri-shadows";
    }

    @Override
    public String title() {
        return "Shokri's attack by the number of shadows, and class by class";
    }

    @Override
    public List<ModelJob> jobs(Study study) {
        if (!study.datasets().contains(DATASET)) {
            return List.of();
        }
        List<ModelJob> jobs = new ArrayList<>(List.of(study.target(DATASET)));
        jobs.addAll(shadows(study, most(study)));
        return jobs;
    }

    @Override
    public ExperimentResult run(Workbench bench, Study study) {
        ModelAnswers target = bench.answers(study.target(DATASET));
        List<List<Cell>> rows = new ArrayList<>();
        List<Double> areas = new ArrayList<>();
        List<String> counts = new ArrayList<>();
        PerClassAttack attack = null;
        for (int k : COUNTS) {
            if (k <= most(study)) {
                attack = attack(bench, study, k);
                Attacked attacked = Attacked.of(attack, target);
                areas.add(attacked.auc());
                counts.add(Integer.toString(k));
                rows.add(
                        Rows.joined(List.of(Cell.of(k), Cell.of(attack.members().size())), attacked.cells()));
            }
        }
        AttackReport report = AttackReport.of(java.util.Objects.requireNonNull(attack), target.in(), target.out());
        return new ExperimentResult(
                name(),
                title(),
                "Each shadow is trained on records drawn from all that are neither the target's members nor its"
                        + " non-members; shadows overlap. Their answers are pooled, and an attack a class, of 64 hidden"
                        + " them; a class with few records, or for which its own attack is worse than the one for all"
                        + " classes, gets the latter.",
                List.of(
                        new ResultTable(
                                "Location by the number of shadows",
                                Rows.joined(
                                        List.of("shadows", "classes with an attack of their own"), Attacked.COLUMNS),
                                rows),
                        quantiles(report)),
                List.of(new Plot.Lines(
                        "shokri-shadows",
                        "AUC by the number of shadows",
                        "shadows",
                        "AUC",
                        counts,
                        List.of(new Plot.Series(
                                "Location", Rows.values(areas.stream().mapToDouble(Double::doubleValue)))),
                        OptionalDouble.of(0.5))),
                checks(study, report, areas),
                List.of(),
                List.of());
    }

    /** With one shadow there may be so few records of a class that none has an attack of its own. */
    private static PerClassAttack attack(Workbench bench, Study study, int k) {
        List<Shadow> shadows = shadows(study, k).stream()
                .map(job -> bench.answers(job).shadow())
                .toList();
        return ShokriTraining.fit(
                shadows, AttackFitter.network(bench.networks()), Attacked.options(study.seed()), bench.threads());
    }

    private static ResultTable quantiles(AttackReport report) {
        double[] precisions =
                values(report.byClass().stream().map(Decisions::precision).toList());
        double[] recalls =
                values(report.byClass().stream().map(Decisions::recall).toList());
        List<List<Cell>> rows = new ArrayList<>();
        for (int q : QUANTILES) {
            rows.add(List.of(Cell.of(q + " %"), Cell.of(quantile(precisions, q)), Cell.of(quantile(recalls, q))));
        }
        return new ResultTable(
                "Class by class, with the most shadows: the value that so many of the classes stay at or below",
                List.of("classes", "precision", "recall"),
                rows);
    }

    private static double[] values(List<OptionalDouble> found) {
        return found.stream()
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .sorted()
                .toArray();
    }

    private static double quantile(double[] sorted, int percent) {
        return sorted[(int) Math.round(percent / 100.0 * (sorted.length - 1))];
    }

    private static List<Check> checks(Study study, AttackReport report, List<Double> areas) {
        double last = areas.getLast();
        List<Check> checks = new ArrayList<>();
        checks.add(new Check(
                "More shadows never cost much: the most of them are at least as good as one, less 0.005",
                last >= areas.getFirst() - 0.005,
                Rows.three(areas.getFirst()) + " to " + Rows.three(last)));
        if (most(study) >= 8) {
            checks.add(new Check("AUC with the most shadows of at least 0.92", last >= 0.92, Rows.three(last)));
        }
        double[] recalls =
                values(report.byClass().stream().map(Decisions::recall).toList());
        checks.add(new Check(
                "Recall of the median class is near 1, above 0.85",
                quantile(recalls, 50) > 0.85,
                Rows.three(quantile(recalls, 50))));
        return checks;
    }

    private static int most(Study study) {
        return study.quick() ? MOST_QUICK : Arrays.stream(COUNTS).max().orElseThrow();
    }

    private static List<ModelJob> shadows(Study study, int k) {
        return IntStream.range(0, k)
                .mapToObj(i -> study.target(DATASET).pool(i, ShadowData.REAL))
                .toList();
    }
}
