// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import dev.miasma.audit.Answers;
import dev.miasma.audit.DefenseAudit;
import dev.miasma.audit.DefenseAuditResult;
import dev.miasma.audit.DefenseResult;
import dev.miasma.audit.Reference;
import dev.miasma.audit.Utility;
import dev.miasma.defense.OutputDefense;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Defences of the answers of Location's network. */
final class OutputDefences {

    private static final String DATASET = "location";
    private static final double BARELY = 0.03;
    /** The largest L1 distance of two answers. */
    private static final double MOST_DISTORTION = 2;

    private OutputDefences() {}

    static Stream<ModelJob> jobs(Study study) {
        return study.datasets().contains(DATASET)
                ? Stream.of(study.target(DATASET), study.target(DATASET).shadow())
                : Stream.empty();
    }

    static void run(
            Workbench bench,
            Study study,
            List<ResultTable> tables,
            List<Plot> plots,
            List<Check> checks,
            List<PaperFigure> sources) {
        if (!study.datasets().contains(DATASET)) {
            return;
        }
        ModelAnswers target = bench.answers(study.target(DATASET));
        Reference shadow =
                Defences.reference(bench.answers(study.target(DATASET).shadow()));
        DefenseAuditResult result = Defences.audit(bench, study)
                .run(
                        shadow,
                        Answers.of(target.in(), target.out()),
                        DefenseAudit.defences(OutputDefense.DEFAULTS, shadow, study.seed()));
        tables.add(table(result));
        plots.add(plot(result));
        checks.addAll(checks(result, target.overfitting().gap()));
        sources.addAll(PaperMitigations.sources(Stream.concat(Stream.of("none"), OutputDefense.DEFAULTS.stream())
                .toList()));
    }

    private static ResultTable table(DefenseAuditResult result) {
        List<List<Cell>> rows = new ArrayList<>();
        Utility free = result.defences().getFirst().utility();
        rows.add(Rows.joined(
                List.of(Cell.of("none"), Cell.of(free.accuracyBefore()), Cell.of(1.0), Cell.of(0.0)),
                Defences.alone(result.undefended()),
                PaperMitigations.cells("none")));
        for (DefenseResult defence : result.defences()) {
            Utility utility = defence.utility();
            rows.add(Rows.joined(
                    List.of(
                            Cell.of(defence.id()),
                            Cell.of(utility.accuracyAfter()),
                            Cell.of(utility.labelsKept()),
                            Cell.of(utility.distortion())),
                    defence.attackers().compare(Defences::cells),
                    PaperMitigations.cells(defence.id())));
        }
        return new ResultTable(
                "Defences of the answers, " + Rows.title(DATASET),
                Rows.joined(
                        List.of("defence", "test accuracy", "labels kept", "distortion"),
                        Defences.COLUMNS,
                        PaperMitigations.COLUMNS),
                rows);
    }

    private static Plot plot(DefenseAuditResult result) {
        List<Plot.Point> points = new ArrayList<>();
        points.add(new Plot.Point("none", 0, result.undefended().auc()));
        for (DefenseResult defence : result.defences()) {
            points.add(new Plot.Point(
                    defence.id(),
                    defence.utility().distortion() / MOST_DISTORTION,
                    defence.attackers().adaptive().auc()));
        }
        return new Plot.Points(
                "defences-answers",
                "Distorting the answers hardly stops an attacker who knows how",
                "mean distortion of an answer, as a share of the largest possible",
                "AUC of the adaptive attacker",
                points);
    }

    private static List<Check> checks(DefenseAuditResult result, double gap) {
        double bare = result.undefended().auc();
        List<Check> checks = new ArrayList<>();
        for (String defence : List.of("top3", "round3")) {
            checks.add(new Check(
                    defence + " barely helps: the adaptive attacker loses at most " + BARELY + " of AUC",
                    auc(result, defence) >= bare - BARELY,
                    Rows.three(bare) + " to " + Rows.three(auc(result, defence))));
        }
        checks.add(new Check(
                "The bare label still leaks the accuracy gap: an AUC of at least 0.5 and half of it, less 0.02",
                auc(result, "label") >= 0.5 + gap / 2 - 0.02,
                Rows.three(auc(result, "label")) + " at a gap of " + Rows.three(gap)));
        return checks;
    }

    private static double auc(DefenseAuditResult result, String id) {
        return result.defences().stream()
                .filter(defence -> defence.id().equals(id))
                .findFirst()
                .orElseThrow()
                .attackers()
                .adaptive()
                .auc();
    }
}
