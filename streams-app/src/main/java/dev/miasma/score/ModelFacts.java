// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import java.time.Instant;
import java.time.LocalDate;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What there is to show of an attack model.
 *
 * @param id short id of its file
 * @param kind its kind
 * @param budgetGuaranteed whether its calibration bears the alert budget
 * @param loadedAt when this instance loaded it
 * @param calibration what a score means
 * @param origin where it comes from
 * @param quality how good it was on records it had not seen
 */
public record ModelFacts(
        String id,
        String kind,
        boolean budgetGuaranteed,
        Instant loadedAt,
        Bins calibration,
        Origin origin,
        Quality quality) {

    /**
     * Records of the calibration by bin.
     *
     * @param source where the null comes from
     * @param nonMembers number of non-members
     * @param members number of members; 0 where none are known
     * @param edges ends of the bins, ascending, one more than bins; the first and the last are the least and the largest
     *     score of the calibration, and scores beyond them are in those bins as well
     * @param nonMemberShares share of the non-members in each bin
     * @param memberShares share of the members in each bin; null where none are known
     */
    @SuppressWarnings("ArrayRecordComponent") // A record for its accessors; it is never compared.
    public record Bins(
            String source,
            int nonMembers,
            int members,
            double[] edges,
            double[] nonMemberShares,
            double @Nullable [] memberShares) {}

    /**
     * Enough to make it again.
     *
     * @param dataHash SHA-256 of the training and calibration data, hexadecimal
     * @param seed of every random choice
     * @param library name and version of what trained it
     * @param date the day it was trained
     * @param protocol what was done
     */
    public record Origin(String dataHash, long seed, String library, LocalDate date, String protocol) {}

    /**
     * Figures of its evaluation; one that the sample cannot resolve is absent.
     *
     * @param members members asked about
     * @param nonMembers others
     * @param auc area under the ROC curve
     * @param bestBalancedAccuracy largest mean of true-positive and true-negative rate
     * @param tprAt10Percent true-positive rate at 10 % false positives
     * @param tprAt1Percent at 1 %
     * @param tprAt01Percent at 0.1 %
     */
    public record Quality(
            int members,
            int nonMembers,
            OptionalDouble auc,
            OptionalDouble bestBalancedAccuracy,
            OptionalDouble tprAt10Percent,
            OptionalDouble tprAt1Percent,
            OptionalDouble tprAt01Percent) {}
}
