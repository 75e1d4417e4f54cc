// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import org.jspecify.annotations.Nullable;

/**
 * An attack model of this instance.
 *
 * @param name what it is in force for
 * @param id short id of its file; null for one that never was in force
 * @param kind its kind
 * @param state what became of it, in words
 * @param detail what is wrong with a broken file; null with a good one
 * @param budgetGuaranteed whether its calibration bears the alert budget
 * @param calibrated records of its calibration
 * @param trainedOn the day it was trained
 * @param loadedAt when this instance loaded it
 * @param provenance where it comes from
 * @param evaluation how good it was on records it had not seen
 */
public record ModelItem(
        String name,
        @Nullable String id,
        @Nullable String kind,
        String state,
        @Nullable String detail,
        @Nullable Boolean budgetGuaranteed,
        @Nullable Calibrated calibrated,
        @Nullable String trainedOn,
        @Nullable String loadedAt,
        @Nullable Provenance provenance,
        @Nullable Evaluation evaluation) {

    /** Numbers of records, and where the null comes from. */
    public record Calibrated(int nonMembers, int members, String source) {}

    /** Enough to make it again; the seed as text, since it has 64 bits and JSON's readers keep 53. */
    public record Provenance(String dataHash, String seed, String library, String protocol) {}

    /** Figures; null for those the sample cannot resolve. */
    public record Evaluation(
            int members,
            int nonMembers,
            @Nullable Double auc,
            @Nullable Double bestBalancedAccuracy,
            @Nullable Double tprAt10Percent,
            @Nullable Double tprAt1Percent,
            @Nullable Double tprAt01Percent) {}
}
