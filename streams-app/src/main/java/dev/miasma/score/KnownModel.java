// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import org.jspecify.annotations.Nullable;

/** What later stages may ask of an attack model's calibration. */
public interface KnownModel {
    /** Number of bins of its calibration. */
    int bins();

    /**
     * The evidence of a bin.
     *
     * @param bin from 0, below {@link #bins()}
     * @return L of each row of the evidence table
     */
    EvidenceColumn evidence(int bin);

    /** Share of the calibration's non-members that are flagged. */
    double nullShare();

    /** Whether the calibration bears the alert budget. */
    boolean budgetGuaranteed();

    /**
     * What evidence is to be divided by where a client's scores in the past are held to be harmless.
     *
     * @param observed its first sights by bin
     * @return ln of the factor of each row, at least 0
     * @throws IllegalArgumentException if the bins are not this calibration's
     * @see dev.miasma.attack.RaisedNull
     */
    double[] raisedNull(long[] observed);

    /**
     * How many of some queries are training members.
     *
     * @param countsByBin first sights by bin, at most {@link #bins()} of them; the others are 0
     * @return null where the calibration has no members, or there are no queries
     * @throws IllegalArgumentException if the bins are not this calibration's
     * @see dev.miasma.attack.MemberShare
     */
    @Nullable
    ShareEstimate memberShare(long[] countsByBin);

    /**
     * Whether live scores still look as the calibration's null says.
     *
     * @param countsByBin first sights by bin, at most {@link #bins()} of them; the others are 0
     * @throws IllegalArgumentException if the bins are not this calibration's
     * @see dev.miasma.attack.NullDrift
     */
    NullCheck drift(long[] countsByBin);
}
