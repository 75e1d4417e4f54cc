// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import dev.miasma.attack.AttackModel;
import dev.miasma.attack.LogisticAttack;
import dev.miasma.posterior.PosteriorFeature;
import dev.miasma.training.AttackFitter;
import dev.miasma.training.Baselines;
import dev.miasma.training.ShadowTraining;
import dev.miasma.training.ShadowTraining.Shadow;
import dev.miasma.training.TrainingOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The attacks that others are compared with (Yeom et al. 2018; Song and Mittal 2021, section 3), adversary 1, and our
 * learned attack, on every data set: all learn on the same shadow.
 */
final class BaselineComparison implements Experiment {

    private static final String OURS = "learned, log space";
    private static final String OURS_BY_CLASS = OURS + ", a threshold a class";
    private static final String ADVERSARY_1 = "adversary 1, 64 units";
    private static final List<String> SHOWN =
            List.of("gap", "modified entropy, a threshold a class", ADVERSARY_1, OURS_BY_CLASS);

    @Override
    public String name() {
        return "baselines";
    }

    @Override
    public String title() {
        return "Baselines and the learned attack on every data set";
    }

    @Override
    public List<ModelJob> jobs(Study study) {
        return new AdversaryOne().jobs(study);
    }

    @Override
    public ExperimentResult run(Workbench bench, Study study) {
        List<ResultTable> tables = new ArrayList<>();
        Map<String, List<OptionalDouble>> areas = new LinkedHashMap<>();
        int won = 0;
        for (String dataset : study.datasets()) {
            ModelAnswers target = bench.answers(study.target(dataset));
            Shadow shadow = bench.answers(study.target(dataset).shadow()).shadow();
            Map<String, Attacked> found = new LinkedHashMap<>();
            attacks(bench, study, shadow).forEach((name, attack) -> found.put(name, Attacked.of(attack, target)));
            double best =
                    found.values().stream().mapToDouble(Attacked::auc).max().orElseThrow();
            won += Rows.at(found, OURS_BY_CLASS).auc() >= best - 0.01 ? 1 : 0;
            List<List<Cell>> rows = new ArrayList<>();
            found.forEach((name, attacked) -> rows.add(Rows.joined(List.of(Cell.of(name)), attacked.cells())));
            tables.add(new ResultTable(Rows.title(dataset), Rows.joined(List.of("attack"), Attacked.COLUMNS), rows));
            SHOWN.forEach(name -> areas.computeIfAbsent(name, any -> new ArrayList<>())
                    .add(OptionalDouble.of(Rows.at(found, name).auc())));
        }
        List<Plot.Series> series = areas.entrySet().stream()
                .map(entry -> new Plot.Series(entry.getKey(), entry.getValue()))
                .toList();
        return new ExperimentResult(
                name(),
                title(),
                "Every attack learns thresholds and weights on one shadow of the target's kind and is turned on the"
                        + " target. All but entropy and adversary 1 read the true class of a record.",
                tables,
                List.of(new Plot.Bars(
                        "baselines",
                        "AUC on every data set",
                        "AUC",
                        study.datasets().stream().map(Rows::title).toList(),
                        series,
                        OptionalDouble.of(0.5))),
                List.of(new Check(
                        "The AUC of the learned attack with a threshold a class is the best of all, or within 0.01 of it, on most data sets",
                        2 * won > study.datasets().size(),
                        won + " of " + study.datasets().size())),
                List.of("These are AUCs with hindsight over thresholds; precision and recall are at the threshold that"
                        + " was learnt on the shadow."),
                List.of());
    }

    private static Map<String, AttackModel> attacks(Workbench bench, Study study, Shadow shadow) {
        Map<String, AttackModel> attacks = new LinkedHashMap<>();
        attacks.put("gap", Baselines.GAP);
        Map<String, PosteriorFeature> statistics = new LinkedHashMap<>();
        statistics.put("confidence", PosteriorFeature.TRUE_CLASS_CONFIDENCE);
        statistics.put("entropy", PosteriorFeature.NEGATIVE_ENTROPY);
        statistics.put("modified entropy", PosteriorFeature.NEGATIVE_MODIFIED_ENTROPY);
        statistics.forEach((name, statistic) -> {
            attacks.put(name, Baselines.global(statistic, shadow));
            attacks.put(name + ", a threshold a class", Baselines.perClass(statistic, shadow));
        });
        TrainingOptions options = Attacked.options(study.seed());
        attacks.put(
                ADVERSARY_1,
                AttackFitter.network(bench.networks())
                        .fit(shadow.in().withoutLabels(), shadow.out().withoutLabels(), Attacked.top3(study.seed())));
        LogisticAttack learned = ShadowTraining.fit(shadow, options);
        attacks.put(OURS, learned);
        attacks.put(OURS_BY_CLASS, Baselines.perClass(learned, shadow));
        return attacks;
    }
}
