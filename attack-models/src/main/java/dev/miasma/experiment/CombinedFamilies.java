// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import dev.miasma.dataset.PosteriorSet;
import dev.miasma.target.Overfitting;
import dev.miasma.training.AttackFitter;
import dev.miasma.training.PosteriorSets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Adversary 1 when the target's family isn't known: a shadow of another family, and the combining attack, which learns on
 * shadows of all families together (Salem et al. 2019, section III, "combining attack").
 */
final class CombinedFamilies implements Experiment {

    private static final List<ModelFamily> FAMILIES =
            List.of(ModelFamily.NETWORK, ModelFamily.LOGISTIC, ModelFamily.FOREST, ModelFamily.FOREST_VOTES);
    private static final String COMBINED = "all together";

    @Override
    public String name() {
        return "families";
    }

    @Override
    public String title() {
        return "Adversary 1 across model families, and the combining attack";
    }

    @Override
    public List<ModelJob> jobs(Study study) {
        return datasets(study).stream()
                .flatMap(dataset -> FAMILIES.stream().map(family -> target(study, dataset, family)))
                .flatMap(target -> Stream.of(target, target.shadow()))
                .toList();
    }

    @Override
    public ExperimentResult run(Workbench bench, Study study) {
        List<ResultTable> tables = new ArrayList<>();
        List<Plot> plots = new ArrayList<>();
        List<Check> checks = new ArrayList<>();
        for (String dataset : datasets(study)) {
            List<List<Double>> areas = areas(bench, study, dataset);
            String title = Rows.title(dataset);
            tables.add(targets(bench, study, dataset));
            List<String> shadows = Rows.joined(names(), List.of(COMBINED));
            List<List<Cell>> rows = new ArrayList<>();
            for (int s = 0; s < shadows.size(); s++) {
                rows.add(Rows.joined(
                        List.of(Cell.of(shadows.get(s))),
                        areas.get(s).stream().map(Cell::of).toList()));
            }
            tables.add(new ResultTable(
                    title + ": AUC, shadow's family by target's", Rows.joined(List.of("shadow"), names()), rows));
            plots.add(new Plot.HeatMap(
                    "families-" + dataset,
                    title + ": AUC by the families of shadow and target",
                    "shadow",
                    shadows,
                    "target",
                    names(),
                    areas));
            checks.add(check(title, areas));
        }
        return new ExperimentResult(
                name(),
                title(),
                "Target and shadow are each of four families. The combining attack learns on the answers of the shadows"
                        + " of all families together, and so needn't know the target's.",
                tables,
                plots,
                checks,
                List.of("A forest answers in two ways, smoothed class frequencies and shares of votes; they give away"
                        + " members very differently, so they count as two families."),
                List.of());
    }

    /** Shadow families and then the combination, by target family. */
    private static List<List<Double>> areas(Workbench bench, Study study, String dataset) {
        List<ModelAnswers> shadows = new ArrayList<>();
        for (ModelFamily family : FAMILIES) {
            shadows.add(bench.answers(target(study, dataset, family).shadow()));
        }
        List<PosteriorSet> ins = shadows.stream().map(ModelAnswers::in).toList();
        List<PosteriorSet> outs = shadows.stream().map(ModelAnswers::out).toList();
        shadows.add(new ModelAnswers(PosteriorSets.concatenated(ins), PosteriorSets.concatenated(outs)));
        AttackFitter fitter = AttackFitter.network(bench.networks());
        return shadows.stream()
                .map(shadow -> fitter.fit(shadow.in(), shadow.out(), Attacked.top3(study.seed())))
                .map(attack -> FAMILIES.stream()
                        .map(family -> Attacked.of(attack, bench.answers(target(study, dataset, family)))
                                .auc())
                        .toList())
                .toList();
    }

    private static ResultTable targets(Workbench bench, Study study, String dataset) {
        List<List<Cell>> rows = new ArrayList<>();
        for (ModelFamily family : FAMILIES) {
            Overfitting overfitting =
                    bench.answers(target(study, dataset, family)).overfitting();
            rows.add(List.of(
                    Cell.of(family.title()),
                    Cell.of(overfitting.trainAccuracy()),
                    Cell.of(overfitting.testAccuracy()),
                    Cell.of(overfitting.gap())));
        }
        return new ResultTable(
                Rows.title(dataset) + ": the targets",
                List.of("family", "train accuracy", "test accuracy", "gap"),
                rows);
    }

    private static Check check(String title, List<List<Double>> areas) {
        List<Double> combined = areas.getLast();
        double lost = 0;
        for (int f = 0; f < combined.size(); f++) {
            lost = Math.max(lost, areas.get(f).get(f) - combined.get(f));
        }
        return new Check(
                title + ": the combining attack loses at most 0.1 of AUC to a shadow of the target's own family",
                lost <= 0.1,
                Rows.three(lost));
    }

    private static List<String> names() {
        return FAMILIES.stream().map(ModelFamily::id).toList();
    }

    private static List<String> datasets(Study study) {
        List<String> wanted = study.quick() ? List.of("location") : List.of("adult", "location");
        return study.datasets().stream().filter(wanted::contains).toList();
    }

    private static ModelJob target(Study study, String dataset, ModelFamily family) {
        int members = Math.min(study.members(dataset), 3000);
        return ModelJob.target(dataset, family, study.epochs(dataset), members, study.seed());
    }
}
