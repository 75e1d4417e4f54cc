// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.evaluation;

/** A figure of an attack that has an interval. Those of the second group depend on the learnt threshold. */
public enum Figure {
    /** Area under the ROC curve. */
    AUC,
    /** Largest (TPR + TNR) / 2 over all thresholds: what a threshold chosen with hindsight would give. */
    BEST_BALANCED_ACCURACY,
    /** True-positive rate at 10 % false positives. */
    TPR_AT_10_PERCENT,
    /** True-positive rate at 1 % false positives. */
    TPR_AT_1_PERCENT,
    /** True-positive rate at 0.1 % false positives. */
    TPR_AT_01_PERCENT,
    /** True-positive rate at 0.01 % false positives. */
    TPR_AT_001_PERCENT,
    /** Share of right calls. */
    ACCURACY,
    /** (TPR + TNR) / 2 of the calls. */
    BALANCED_ACCURACY,
    /** Share of members among those called. */
    PRECISION,
    /** Share of members that were called. */
    RECALL,
    /** Share of non-members that were called. */
    FALSE_POSITIVE_RATE;

    /** The figures read off the curve at a false-positive rate, from the highest rate to the lowest. */
    static final Figure[] AT_RATE = {TPR_AT_10_PERCENT, TPR_AT_1_PERCENT, TPR_AT_01_PERCENT, TPR_AT_001_PERCENT};

    /** The rates of {@link #AT_RATE}. */
    static final double[] RATES = {0.1, 0.01, 0.001, 0.0001};
}
