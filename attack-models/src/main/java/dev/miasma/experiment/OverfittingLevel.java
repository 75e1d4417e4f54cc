// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import dev.miasma.target.Overfitting;
import dev.miasma.training.AttackFitter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import smile.math.MathEx;

/**
 * The same model more and less overfitted: by the number of epochs, and by the number of its members (Shokri et al.
 * 2017, section VII, figures on training size; Salem et al. 2019, section III, on epochs).
 */
final class OverfittingLevel implements Experiment {

    private static final int[] EPOCHS = {1, 2, 5, 10, 20, 50};
    private static final int[] SIZES = {150, 300, 600, 1252};

    @Override
    public String name() {
        return "overfitting";
    }

    @Override
    public String title() {
        return "Adversary 1 by epochs and by training size";
    }

    @Override
    public List<ModelJob> jobs(Study study) {
        List<ModelJob> jobs = new ArrayList<>();
        for (String dataset : datasets(study)) {
            for (int epochs : EPOCHS) {
                addPair(jobs, epochs(study, dataset, epochs));
            }
            for (int size : sizes(study, dataset)) {
                addPair(jobs, size(study, dataset, size));
            }
        }
        return jobs;
    }

    @Override
    public ExperimentResult run(Workbench bench, Study study) {
        List<ResultTable> tables = new ArrayList<>();
        List<Plot> plots = new ArrayList<>();
        List<Check> checks = new ArrayList<>();
        for (String dataset : datasets(study)) {
            Curve byEpochs = new Curve("epochs");
            for (int epochs : EPOCHS) {
                byEpochs.add(bench, study, epochs, epochs(study, dataset, epochs));
            }
            Curve bySize = new Curve("members");
            for (int size : sizes(study, dataset)) {
                bySize.add(bench, study, size, size(study, dataset, size));
            }
            for (Curve curve : List.of(byEpochs, bySize)) {
                String title = Rows.title(dataset) + " by " + curve.variable;
                tables.add(curve.table(title));
                plots.add(curve.plot("overfitting-" + dataset + "-" + curve.variable, title));
                checks.add(curve.check(title));
            }
        }
        return new ExperimentResult(
                name(),
                title(),
                "The papers' network is stopped after more and more epochs, and trained on more and more records;"
                        + " the shadow always as the target.",
                tables,
                plots,
                checks,
                List.of(),
                List.of());
    }

    private static List<String> datasets(Study study) {
        List<String> wanted = study.quick() ? List.of("location") : List.of("location", "cifar10");
        return study.datasets().stream().filter(wanted::contains).toList();
    }

    private static int[] sizes(Study study, String dataset) {
        int most = study.members(dataset);
        return java.util.Arrays.stream(SIZES)
                .map(size -> Math.max(1, (int) Math.round(size * (double) most / SIZES[SIZES.length - 1])))
                .toArray();
    }

    private static ModelJob epochs(Study study, String dataset, int epochs) {
        return ModelJob.target(dataset, ModelFamily.NETWORK, epochs, study.members(dataset), study.seed());
    }

    private static ModelJob size(Study study, String dataset, int members) {
        return ModelJob.target(dataset, ModelFamily.NETWORK, study.epochs(dataset), members, study.seed());
    }

    private static void addPair(List<ModelJob> jobs, ModelJob target) {
        jobs.add(target);
        jobs.add(target.shadow());
    }

    /** One thing varied: gap and attack at each of its values. */
    private static final class Curve {
        private final String variable;
        private final List<String> ticks = new ArrayList<>();
        private final List<Double> gaps = new ArrayList<>();
        private final List<Double> areas = new ArrayList<>();
        private final List<List<Cell>> rows = new ArrayList<>();

        Curve(String variable) {
            this.variable = variable;
        }

        void add(Workbench bench, Study study, int value, ModelJob job) {
            ModelAnswers target = bench.answers(job);
            Overfitting overfitting = target.overfitting();
            Attacked attacked = Attacked.of(
                    AttackFitter.network(bench.networks()),
                    Attacked.top3(study.seed()),
                    bench.answers(job.shadow()),
                    target);
            ticks.add(Integer.toString(value));
            gaps.add(overfitting.gap());
            areas.add(attacked.auc());
            rows.add(Rows.joined(
                    List.of(
                            Cell.of(value),
                            Cell.of(overfitting.trainAccuracy()),
                            Cell.of(overfitting.testAccuracy()),
                            Cell.of(overfitting.gap())),
                    attacked.cells()));
        }

        ResultTable table(String title) {
            return new ResultTable(
                    title,
                    Rows.joined(List.of(variable, "train accuracy", "test accuracy", "gap"), Attacked.COLUMNS),
                    rows);
        }

        Plot plot(String name, String title) {
            return new Plot.Lines(
                    name,
                    title,
                    variable,
                    "share",
                    ticks,
                    List.of(
                            new Plot.Series(
                                    "AUC of adversary 1",
                                    Rows.values(areas.stream().mapToDouble(Double::doubleValue))),
                            new Plot.Series(
                                    "train minus test accuracy",
                                    Rows.values(gaps.stream().mapToDouble(Double::doubleValue)))),
                    OptionalDouble.of(0.5));
        }

        Check check(String title) {
            double rho = MathEx.spearman(
                    gaps.stream().mapToDouble(Double::doubleValue).toArray(),
                    areas.stream().mapToDouble(Double::doubleValue).toArray());
            return new Check(
                    title + ": the attack grows with overfitting, rank correlation of gap and AUC of at least 0.7",
                    rho >= 0.7,
                    Rows.three(rho));
        }
    }
}
