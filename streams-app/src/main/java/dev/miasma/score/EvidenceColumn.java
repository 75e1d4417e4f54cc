// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one bin of an evidence table says: L of each of its rows, the factor that an e-detector grows by, and ln L as it is
 * kept and sent. L is exponentiated once and not for each query. Immutable; compared by ln L.
 */
public final class EvidenceColumn {
    private final float[] logs;
    private final double[] factors;

    private EvidenceColumn(float[] logs) {
        this.logs = logs;
        factors = new double[logs.length];
        for (int row = 0; row < factors.length; row++) {
            factors[row] = Math.exp(logs[row]);
        }
    }

    /**
     * A column.
     *
     * @param logs ln L, one a row
     */
    public static EvidenceColumn of(float... logs) {
        return owning(logs.clone());
    }

    /** The same of an array that nobody else has. */
    static EvidenceColumn owning(float[] logs) {
        return new EvidenceColumn(logs);
    }

    /** Rows of the table. */
    public int rows() {
        return logs.length;
    }

    /** ln L of a row. */
    public float log(int row) {
        return logs[row];
    }

    /** L of a row. */
    public double factor(int row) {
        return factors[row];
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EvidenceColumn that && Arrays.equals(logs, that.logs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(logs);
    }

    @Override
    public String toString() {
        return "ln L " + Arrays.toString(logs);
    }
}
