// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import dev.miasma.attack.AttackModel;
import dev.miasma.evaluation.Roc;
import dev.miasma.training.AttackFitter;
import dev.miasma.training.AttackReport;
import dev.miasma.training.Decisions;
import dev.miasma.training.TrainingOptions;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * The figures that tables of attacks show. Precision and recall are those at the attack's own threshold, which it learnt
 * on a shadow; members and non-members are as many, so a guess has a precision of a half.
 *
 * @param auc area under the ROC curve
 * @param precision absent if nobody was called a member
 * @param recall share of members called so
 * @param tprAt1Percent absent where there are too few non-members
 */
record Attacked(double auc, OptionalDouble precision, OptionalDouble recall, OptionalDouble tprAt1Percent) {

    /** The columns of {@link #cells}. */
    static final List<String> COLUMNS = List.of("precision", "recall", "AUC", "TPR at 1 % FPR");

    private static final double ONE_PERCENT = 0.01;

    /** Judges an attack on a target's answers. */
    static Attacked of(AttackModel attack, ModelAnswers target) {
        AttackReport report = AttackReport.of(attack, target.in(), target.out());
        return of(report.overall(), report.roc());
    }

    static Attacked of(Decisions decisions, Roc roc) {
        return new Attacked(roc.auc(), decisions.precision(), decisions.recall(), roc.resolvableTprAt(ONE_PERCENT));
    }

    /** The mean of each figure over runs that all have it. */
    static Attacked mean(List<Attacked> runs) {
        return new Attacked(
                runs.stream().mapToDouble(Attacked::auc).average().orElseThrow(),
                mean(runs, Attacked::precision),
                mean(runs, Attacked::recall),
                mean(runs, Attacked::tprAt1Percent));
    }

    private static OptionalDouble mean(List<Attacked> runs, Function<Attacked, OptionalDouble> figure) {
        if (runs.stream().anyMatch(run -> figure.apply(run).isEmpty())) {
            return OptionalDouble.empty();
        }
        return runs.stream().mapToDouble(run -> figure.apply(run).getAsDouble()).average();
    }

    /** Learns on a shadow, judges on a target. */
    static Attacked of(AttackFitter fitter, TrainingOptions options, ModelAnswers shadow, ModelAnswers target) {
        return of(fitter.fit(shadow.in(), shadow.out(), options), target);
    }

    /** Options for attacks that nobody keeps. */
    static TrainingOptions options(long seed) {
        return TrainingOptions.of(seed, LocalDate.EPOCH);
    }

    /** ML-Leaks adversary 1 reads the three highest probabilities and no label. */
    static TrainingOptions top3(long seed) {
        return options(seed).withFeatures(TrainingOptions.TOP_3).withRidge(0);
    }

    List<Cell> cells() {
        return List.of(Cell.of(precision), Cell.of(recall), Cell.of(auc), Cell.of(tprAt1Percent));
    }
}
