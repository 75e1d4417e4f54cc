// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How far one attacker gets against one model's answers, with the best of several attacks for each figure.
 *
 * @param auc the largest area under the ROC curve
 * @param tprAt1Percent the largest true-positive rate at 1 % false positives, equal scores told apart by chance, since a
 *     defence that makes scores equal would else look better than it is; absent where the sample can't resolve it
 * @param precision share of members among those called so by the attack of the largest AUC; absent if nobody was called
 * @param recall share of members that it calls so, at the threshold it learnt
 * @param strongest title of the attack of the largest AUC
 * @param inverted titles of attacks with an AUC below 0.5, to which non-members look more like members than members do
 */
public record Exposure(
        double auc,
        OptionalDouble tprAt1Percent,
        OptionalDouble precision,
        double recall,
        String strongest,
        List<String> inverted) {

    public Exposure {
        inverted = List.copyOf(inverted);
    }
}
