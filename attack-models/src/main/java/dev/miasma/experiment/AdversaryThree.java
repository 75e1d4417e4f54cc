// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import dev.miasma.attack.ThresholdAttack;
import dev.miasma.posterior.PosteriorFeature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * ML-Leaks adversary 3: no shadow and no data; a statistic of the answer, and a threshold at the top 10 % of the target's
 * answers to random queries (Salem et al. 2019, section V).
 */
final class AdversaryThree implements Experiment {

    private static final List<PosteriorFeature> STATISTICS = List.of(
            PosteriorFeature.MAX_POSTERIOR, PosteriorFeature.STANDARD_DEVIATION, PosteriorFeature.NEGATIVE_ENTROPY);
    private static final List<String> NAMES = List.of("highest posterior", "standard deviation", "entropy");

    @Override
    public String name() {
        return "adversary-3";
    }

    @Override
    public String title() {
        return "ML-Leaks adversary 3: three statistics and the random-query threshold";
    }

    @Override
    public List<ModelJob> jobs(Study study) {
        return study.datasets().stream().map(study::target).toList();
    }

    @Override
    public ExperimentResult run(Workbench bench, Study study) {
        List<List<Cell>> areas = new ArrayList<>();
        List<List<Cell>> calls = new ArrayList<>();
        List<List<Double>> values = new ArrayList<>();
        for (String dataset : study.datasets()) {
            ModelJob job = study.target(dataset);
            ModelAnswers target = bench.answers(job);
            List<Double> aucs = STATISTICS.stream()
                    .map(statistic -> Attacked.of(new ThresholdAttack(statistic, 0), target)
                            .auc())
                    .toList();
            values.add(aucs);
            areas.add(Rows.joined(
                    List.of(
                            Cell.of(Rows.title(dataset)),
                            Cell.of(target.overfitting().gap())),
                    aucs.stream().map(Cell::of).toList()));
            for (RandomQueries queries : RandomQueries.values()) {
                calls.add(Rows.joined(
                        List.of(Cell.of(Rows.title(dataset)), Cell.of(queries.id())), calls(bench, job, queries)));
            }
        }
        List<Plot.Series> series = new ArrayList<>();
        for (int s = 0; s < NAMES.size(); s++) {
            int statistic = s;
            series.add(new Plot.Series(
                    NAMES.get(s), Rows.values(values.stream().mapToDouble(aucs -> aucs.get(statistic)))));
        }
        return new ExperimentResult(
                name(),
                title(),
                "The AUC of a statistic needs no threshold. To call members, adversary 3 asks the target 1,000 random"
                        + " queries and takes the statistic that a tenth of their answers reaches: queries of features"
                        + " uniform over their range, and of features drawn one by one from the values that records"
                        + " have.",
                List.of(
                        new ResultTable("AUC", Rows.joined(List.of("data set", "gap"), NAMES), areas),
                        new ResultTable(
                                "Precision / recall at the random-query threshold",
                                Rows.joined(List.of("data set", "random queries"), NAMES),
                                calls)),
                List.of(new Plot.Bars(
                        "adversary-3",
                        "AUC of three statistics of the answer",
                        "AUC",
                        study.datasets().stream().map(Rows::title).toList(),
                        series,
                        java.util.OptionalDouble.of(0.5))),
                checks(bench, study, values),
                List.of("The paper's results are bar charts, so no digits stand beside ours. How its random queries are"
                        + " drawn isn't said there; the two ways give very different thresholds."),
                List.of());
    }

    private static List<Cell> calls(Workbench bench, ModelJob job, RandomQueries queries) {
        ModelAnswers target = bench.answers(job);
        double[][] noise = bench.answers(job, queries).posteriors();
        return STATISTICS.stream()
                .map(statistic -> {
                    Attacked attacked = Attacked.of(
                            ThresholdAttack.fromNoise(statistic, Arrays.asList(noise), ThresholdAttack.TOP_SHARE),
                            target);
                    return Cell.of(Cell.of(attacked.precision()).text() + " / "
                            + Cell.of(attacked.recall()).text());
                })
                .toList();
    }

    private static List<Check> checks(Workbench bench, Study study, List<List<Double>> values) {
        List<Check> checks = new ArrayList<>();
        for (int d = 0; d < values.size(); d++) {
            String dataset = study.datasets().get(d);
            double best = values.get(d).stream()
                    .mapToDouble(Double::doubleValue)
                    .max()
                    .orElseThrow();
            double gap = bench.answers(study.target(dataset)).overfitting().gap();
            if (dataset.equals("adult") || dataset.equals("mnist")) {
                checks.add(
                        new Check(Rows.title(dataset) + ": about chance, AUC below 0.6", best < 0.6, Rows.three(best)));
            } else if (gap >= 0.3) {
                checks.add(new Check(
                        Rows.title(dataset) + ": strongly overfitted, AUC above 0.7", best > 0.7, Rows.three(best)));
            }
        }
        return checks;
    }
}
