// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the filter of training records says of one query.
 *
 * @param hit whether the record asked about is in the filter, but for its false positives
 * @param logEvidence ln L of that, one a row of the evidence table; shared and never changed
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by value below.
public record TrainingCheck(boolean hit, float[] logEvidence) {
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TrainingCheck that && hit == that.hit && Arrays.equals(logEvidence, that.logEvidence);
    }

    @Override
    public int hashCode() {
        return Boolean.hashCode(hit) * 31 + Arrays.hashCode(logEvidence);
    }
}
