// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import dev.miasma.evaluation.Roc;
import java.util.OptionalDouble;

/**
 * How well an attack did on records it wasn't fitted on. A figure the sample can't resolve is absent.
 *
 * @param members number of members, at least 0
 * @param nonMembers number of non-members, at least 0
 * @param auc area under the ROC curve, ties counted as half; absent without members
 * @param bestBalancedAccuracy largest (TPR + TNR) / 2 over all thresholds; absent without members
 * @param tprAt10Percent true-positive rate at 10 % false positives
 * @param tprAt1Percent true-positive rate at 1 % false positives
 * @param tprAt01Percent true-positive rate at 0.1 % false positives
 */
public record Evaluation(
        int members,
        int nonMembers,
        OptionalDouble auc,
        OptionalDouble bestBalancedAccuracy,
        OptionalDouble tprAt10Percent,
        OptionalDouble tprAt1Percent,
        OptionalDouble tprAt01Percent) {

    /** No evaluation: no member was known. */
    public static final Evaluation NONE = new Evaluation(
            0,
            0,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty());

    public Evaluation {
        if (members < 0 || nonMembers < 0) {
            throw new IllegalArgumentException(
                    "evaluation has " + members + " members and " + nonMembers + " non-members; at least 0 needed");
        }
        requireRate("AUC", auc);
        requireRate("best balanced accuracy", bestBalancedAccuracy);
        requireRate("TPR at 10 % FPR", tprAt10Percent);
        requireRate("TPR at 1 % FPR", tprAt1Percent);
        requireRate("TPR at 0.1 % FPR", tprAt01Percent);
    }

    /** The figures of a curve. */
    public static Evaluation of(Roc roc) {
        return new Evaluation(
                roc.members(),
                roc.nonMembers(),
                OptionalDouble.of(roc.auc()),
                OptionalDouble.of(roc.bestBalancedAccuracy()),
                roc.resolvableTprAt(0.1),
                roc.resolvableTprAt(0.01),
                roc.resolvableTprAt(0.001));
    }

    private static void requireRate(String name, OptionalDouble rate) {
        if (rate.isPresent() && !(rate.getAsDouble() >= 0 && rate.getAsDouble() <= 1)) {
            throw new IllegalArgumentException(name + " is " + rate.getAsDouble() + "; 0 to 1 needed");
        }
    }
}
