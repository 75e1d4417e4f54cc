// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** How many of the highest posteriors the attack needs (Salem et al. 2019, section III: three are enough). */
final class PosteriorsUsed implements Experiment {

    private static final int[] USED = {1, 2, 3, 5, 10};

    @Override
    public String name() {
        return "posteriors-used";
    }

    @Override
    public String title() {
        return "Adversary 1 by the number of posteriors it reads";
    }

    @Override
    public List<ModelJob> jobs(Study study) {
        return new AdversaryOne().jobs(chosen(study));
    }

    @Override
    public ExperimentResult run(Workbench bench, Study study) {
        List<List<Cell>> rows = new ArrayList<>();
        List<Plot.Series> series = new ArrayList<>();
        List<Check> checks = new ArrayList<>();
        for (String dataset : chosen(study).datasets()) {
            ModelAnswers target = bench.answers(study.target(dataset));
            ModelAnswers shadow = bench.answers(study.target(dataset).shadow());
            List<Double> areas = new ArrayList<>();
            for (int used : USED) {
                Attacked attacked = VectorAttack.fit(bench.networks(), used, shadow, study.seed())
                        .on(target);
                areas.add(attacked.auc());
                rows.add(Rows.joined(List.of(Cell.of(Rows.title(dataset)), Cell.of(used)), attacked.cells()));
            }
            series.add(new Plot.Series(
                    Rows.title(dataset), Rows.values(areas.stream().mapToDouble(Double::doubleValue))));
            double three = areas.get(2);
            double ten = areas.getLast();
            checks.add(new Check(
                    Rows.title(dataset) + ": three posteriors do as well as ten, within 0.03 of AUC",
                    three >= ten - 0.03,
                    Rows.three(three) + " against " + Rows.three(ten)));
        }
        return new ExperimentResult(
                name(),
                title(),
                "The attack network of adversary 1 reads the one, two, three, five or ten highest posteriors, in"
                        + " descending order.",
                List.of(new ResultTable(
                        "By the number of posteriors read",
                        Rows.joined(List.of("data set", "posteriors"), Attacked.COLUMNS),
                        rows)),
                List.of(new Plot.Lines(
                        "posteriors-used",
                        "AUC by the number of posteriors read",
                        "highest posteriors read",
                        "AUC",
                        java.util.Arrays.stream(USED)
                                .mapToObj(Integer::toString)
                                .toList(),
                        series,
                        OptionalDouble.of(0.5))),
                checks,
                List.of(),
                List.of());
    }

    /** Those that leak and have at least ten classes: elsewhere there is nothing to tell apart. */
    private static Study chosen(Study study) {
        List<String> wanted = study.quick()
                ? List.of("location", "news", "cifar100")
                : List.of("location", "cifar10", "lfw", "news", "cifar100");
        return new Study(study.datasets().stream().filter(wanted::contains).toList(), study.quick(), study.seed());
    }
}
