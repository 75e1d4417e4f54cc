// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What an attack model says of one answer.
 *
 * @param value the attack score; higher is more member-like
 * @param bin of the calibration that the score falls in, from 0; {@link #NO_BIN} where unknown
 * @param aboveMedian whether the score reached the median of the calibration's non-members
 * @param flagged whether the score reached the flag cut
 * @param logEvidence ln L of the bin, one a row of the evidence table; shared and never changed
 * @param nullShare share of the calibration's non-members at or above the flag cut
 * @param modelId short id of the attack-model file
 * @param budgetGuaranteed whether the calibration bears the alert budget
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by value below.
public record AttackScore(
        double value,
        int bin,
        boolean aboveMedian,
        boolean flagged,
        float[] logEvidence,
        double nullShare,
        String modelId,
        boolean budgetGuaranteed) {

    /** The bin of a score whose bin is not known. */
    public static final int NO_BIN = 255;

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AttackScore that
                && Double.compare(value, that.value) == 0
                && bin == that.bin
                && aboveMedian == that.aboveMedian
                && flagged == that.flagged
                && Arrays.equals(logEvidence, that.logEvidence)
                && Double.compare(nullShare, that.nullShare) == 0
                && modelId.equals(that.modelId)
                && budgetGuaranteed == that.budgetGuaranteed;
    }

    @Override
    public int hashCode() {
        return Double.hashCode(value) * 31 + modelId.hashCode();
    }
}
