// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.backtest;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * How many queries there were until the first alert, over those that there was one about.
 *
 * @param sorted queries, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over once, never compared.
public record Delays(long[] sorted) {
    /** The quantiles that reports have. */
    public static final List<Double> QUANTILES = List.of(0.05, 0.25, 0.5, 0.75, 0.95);

    static Delays of(Collection<Suspect> suspects) {
        return new Delays(suspects.stream().mapToLong(Suspect::queries).sorted().toArray());
    }

    /** How many there are. */
    public int count() {
        return sorted.length;
    }

    /**
     * The smallest number of queries within which at least this share was told of.
     *
     * @param share in (0, 1]
     * @throws IllegalStateException if there are none
     */
    public long quantile(double share) {
        if (sorted.length == 0) {
            throw new IllegalStateException("no delays");
        }
        return sorted[Math.clamp((int) Math.ceil(share * sorted.length) - 1, 0, sorted.length - 1)];
    }

    /** How many were told of within a number of queries. */
    public int within(long queries) {
        return (int) Arrays.stream(sorted).filter(delay -> delay <= queries).count();
    }
}
