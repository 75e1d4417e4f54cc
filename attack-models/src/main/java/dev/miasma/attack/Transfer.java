// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import java.util.OptionalDouble;

/**
 * How well an attack that learnt from other data sets did on a model of this one: ML-Leaks adversary 2 (Salem et al.
 * 2019, section IV).
 *
 * @param dataset name of the data set that was left out
 * @param auc area under the ROC curve on the attacked model's answers
 * @param tprAt1Percent true-positive rate at 1 % false positives; absent if the sample can't resolve it
 * @param trainAccuracy share of its members that the attacked model answers rightly
 * @param testAccuracy share of other records that it answers rightly
 */
public record Transfer(
        String dataset, double auc, OptionalDouble tprAt1Percent, double trainAccuracy, double testAccuracy) {

    public Transfer {
        if (dataset.isBlank()) {
            throw new IllegalArgumentException("data set is '" + dataset + "'; a name needed");
        }
        Requirements.requireProbability("AUC", auc);
        tprAt1Percent.ifPresent(rate -> Requirements.requireProbability("TPR at 1 % FPR", rate));
        Requirements.requireProbability("train accuracy", trainAccuracy);
        Requirements.requireProbability("test accuracy", testAccuracy);
    }
}
