// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import dev.miasma.audit.Answers;
import dev.miasma.audit.Attackers;
import dev.miasma.audit.DefenseAudit;
import dev.miasma.audit.Reference;
import dev.miasma.defense.TrainingDefense;
import dev.miasma.target.Overfitting;
import dev.miasma.training.Parallel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Defences in the training of the papers' networks. */
final class TrainingDefences {

    private static final String LOCATION = "location";
    private static final String CIFAR_100 = "cifar100";
    private static final String STRONGEST_L2 = "l2-0.03";
    private static final double NEAR_CHANCE = 0.6;

    private static final List<String> DEFENCES =
            List.of("none", "l2-0.001", "l2-0.01", STRONGEST_L2, "dropout-0.5", "early-stopping", "stacking");

    /** ML-Leaks' own (section VI); how much L2 does is measured on Location alone, where training is quick. */
    private static final List<String> DEFENCES_ELSEWHERE = List.of("none", "dropout-0.5", "stacking");

    /** A model and its attackers. */
    private record Row(String dataset, TrainingDefense defence, Overfitting overfitting, Attackers attackers) {}

    private TrainingDefences() {}

    static Stream<ModelJob> jobs(Study study) {
        return datasets(study).stream()
                .flatMap(dataset -> defences(dataset).stream().map(defence -> job(study, dataset, defence)))
                .flatMap(target -> Stream.of(target, target.shadow()));
    }

    static void run(
            Workbench bench,
            Study study,
            List<ResultTable> tables,
            List<Plot> plots,
            List<Check> checks,
            List<PaperFigure> sources) {
        for (String dataset : datasets(study)) {
            List<String> defences = defences(dataset);
            List<Row> rows =
                    Parallel.map(defences.size(), bench.threads(), i -> row(bench, study, dataset, defences.get(i)));
            tables.add(table(dataset, rows));
            plots.add(plot(dataset, rows));
            if (dataset.equals(LOCATION)) {
                checks.add(strongL2(rows));
            }
            if (dataset.equals(CIFAR_100)) {
                sources.addAll(PaperMitigations.cifar100Sources(defences));
            }
        }
        if (!datasets(study).isEmpty()) {
            sources.addAll(PaperMitigations.sources(DEFENCES.stream()
                    .filter(defence -> defence.startsWith("l2"))
                    .toList()));
        }
    }

    private static List<String> datasets(Study study) {
        List<String> wanted = study.quick() ? List.of(LOCATION) : List.of(LOCATION, "news", CIFAR_100);
        return study.datasets().stream().filter(wanted::contains).toList();
    }

    private static List<String> defences(String dataset) {
        return dataset.equals(LOCATION) ? DEFENCES : DEFENCES_ELSEWHERE;
    }

    private static ModelJob job(Study study, String dataset, String defence) {
        return study.target(dataset).defended(TrainingDefense.parse(defence));
    }

    private static Row row(Workbench bench, Study study, String dataset, String defence) {
        ModelJob job = job(study, dataset, defence);
        ModelAnswers target = bench.answers(job);
        Reference defended = Defences.reference(bench.answers(job.shadow()));
        Reference bare = Defences.reference(bench.answers(study.target(dataset).shadow()));
        DefenseAudit audit = Defences.audit(bench, study);
        return new Row(
                dataset,
                job.defence(),
                target.overfitting(),
                audit.attackers(defended, bare, Answers.of(target.in(), target.out())));
    }

    private static ResultTable table(String dataset, List<Row> rows) {
        boolean leaks = dataset.equals(CIFAR_100);
        List<List<Cell>> cells = new ArrayList<>();
        for (Row row : rows) {
            String id = row.defence().id();
            boolean none = row.defence().equals(TrainingDefense.NONE);
            cells.add(Rows.joined(
                    List.of(
                            Cell.of(row.defence().title()),
                            Cell.of(row.overfitting().trainAccuracy()),
                            Cell.of(row.overfitting().testAccuracy())),
                    none
                            ? Defences.alone(row.attackers().adaptive())
                            : row.attackers().compare(Defences::cells),
                    leaks ? List.of(PaperMitigations.cifar100(id)) : PaperMitigations.cells(id)));
        }
        return new ResultTable(
                "Defences of the training, " + Rows.title(dataset),
                Rows.joined(
                        List.of("defence", "train accuracy", "test accuracy"),
                        Defences.COLUMNS,
                        leaks ? List.of("paper: precision / recall") : PaperMitigations.COLUMNS),
                cells);
    }

    private static Plot plot(String dataset, List<Row> rows) {
        return new Plot.Points(
                "defences-training-" + dataset,
                "What a defence of the training costs and brings, " + Rows.title(dataset),
                "test accuracy",
                "AUC of the adaptive attacker",
                rows.stream()
                        .map(row -> new Plot.Point(
                                row.defence().title(),
                                row.overfitting().testAccuracy(),
                                row.attackers().adaptive().auc()))
                        .toList());
    }

    private static Check strongL2(List<Row> rows) {
        Row strong = rows.get(DEFENCES.indexOf(STRONGEST_L2));
        double auc = strong.attackers().adaptive().auc();
        return new Check(
                Rows.title(strong.dataset()) + ": strong L2 (" + STRONGEST_L2
                        + ") brings the adaptive attacker near chance, an AUC of at most " + NEAR_CHANCE,
                auc <= NEAR_CHANCE,
                Rows.three(auc) + ", for a test accuracy of "
                        + Rows.three(strong.overfitting().testAccuracy()) + " instead of "
                        + Rows.three(rows.getFirst().overfitting().testAccuracy()));
    }
}
