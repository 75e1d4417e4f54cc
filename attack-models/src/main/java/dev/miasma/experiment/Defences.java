// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import dev.miasma.audit.DefenseAudit;
import dev.miasma.audit.DefenseAuditResult;
import dev.miasma.audit.Exposure;
import dev.miasma.audit.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Defences of the answers and of the training, against attackers who know them and attackers who don't (Shokri et al.
 * 2017, section VIII; Salem et al. 2019, section VI; Jia et al. 2019; Song and Mittal 2021).
 */
final class Defences implements Experiment {

    /** What the columns of {@link #cells} are. */
    static final List<String> COLUMNS = List.of(
            "precision",
            "recall",
            "AUC",
            "TPR at 1 % FPR",
            "naive: precision",
            "naive: recall",
            "naive: AUC",
            "naive: TPR at 1 % FPR");

    @Override
    public String name() {
        return "defences";
    }

    @Override
    public String title() {
        return "Defences of the answers and of the training, and attackers who know them";
    }

    @Override
    public List<ModelJob> jobs(Study study) {
        return Stream.concat(OutputDefences.jobs(study), TrainingDefences.jobs(study))
                .distinct()
                .toList();
    }

    @Override
    public ExperimentResult run(Workbench bench, Study study) {
        List<ResultTable> tables = new ArrayList<>();
        List<Plot> plots = new ArrayList<>();
        List<Check> checks = new ArrayList<>();
        List<PaperFigure> sources = new ArrayList<>();
        OutputDefences.run(bench, study, tables, plots, checks, sources);
        TrainingDefences.run(bench, study, tables, plots, checks, sources);
        return new ExperimentResult(
                name(),
                title(),
                "An adaptive attacker knows the defence: it puts the same before the answers of its shadow, or trains its"
                        + " shadow with it, before learning on them. A naive one learns on an undefended shadow. Each"
                        + " figure is that of the best of seven attacks; precision and recall are those of the attack"
                        + " of the largest AUC, at the threshold it learnt.",
                tables,
                plots,
                checks,
                List.of(
                        "The TPR at 1 % FPR is that of an attacker who tells equal scores apart by chance.",
                        PaperMitigations.NOTE,
                        "The papers' targets are others than ours, so orders are to be compared and not digits. Shokri et"
                                + " al. attack with several shadows and one attack a class."),
                sources);
    }

    /** The attacker of the table, with the naive one behind. */
    static List<Cell> cells(Exposure adaptive, Exposure naive) {
        return Rows.joined(cells(adaptive), cells(naive));
    }

    /** An attacker that no other stands beside. */
    static List<Cell> alone(Exposure exposure) {
        return Rows.joined(cells(exposure), List.of(Cell.NONE, Cell.NONE, Cell.NONE, Cell.NONE));
    }

    static DefenseAudit audit(Workbench bench, Study study) {
        return new DefenseAudit(DefenseAuditResult.USUAL_TARGET, study.seed(), bench.threads());
    }

    static Reference reference(ModelAnswers shadow) {
        return new Reference("the shadow", shadow.in(), shadow.out());
    }

    private static List<Cell> cells(Exposure exposure) {
        return List.of(
                Cell.of(exposure.precision()),
                Cell.of(OptionalDouble.of(exposure.recall())),
                Cell.of(exposure.auc()),
                Cell.of(exposure.tprAt1Percent()));
    }
}
