// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

/**
 * What an attack model says of one answer.
 *
 * @param value the attack score; higher is more member-like
 * @param bin of the calibration that the score falls in, from 0; {@link #NO_BIN} where unknown
 * @param aboveMedian whether the score reached the median of the calibration's non-members
 * @param flagged whether the score reached the flag cut
 * @param evidence of the bin; shared
 * @param nullShare share of the calibration's non-members at or above the flag cut
 * @param modelId short id of the attack-model file
 * @param budgetGuaranteed whether the calibration bears the alert budget
 */
public record AttackScore(
        double value,
        int bin,
        boolean aboveMedian,
        boolean flagged,
        EvidenceColumn evidence,
        double nullShare,
        String modelId,
        boolean budgetGuaranteed) {

    /** The bin of a score whose bin is not known. */
    public static final int NO_BIN = 255;
}
