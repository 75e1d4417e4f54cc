// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * What came of a training.
 *
 * @param file model file written
 * @param id short id of the file
 * @param kind kind of attack model
 * @param members calibration members
 * @param nonMembers calibration non-members
 * @param auc area under the ROC curve on records the attack was not fitted on
 * @param tprAt10Percent true-positive rate at 10 % false positives; absent where the sample cannot resolve it
 * @param tprAt1Percent likewise at 1 %
 * @param tprAt01Percent likewise at 0.1 %
 * @param budgetGuaranteed whether the calibration bears the alert budget
 */
public record TrainedModel(
        Path file,
        String id,
        String kind,
        int members,
        int nonMembers,
        OptionalDouble auc,
        OptionalDouble tprAt10Percent,
        OptionalDouble tprAt1Percent,
        OptionalDouble tprAt01Percent,
        boolean budgetGuaranteed) {}
