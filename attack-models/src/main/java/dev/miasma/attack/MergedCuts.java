// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import java.util.Arrays;

/** Cuts at nominal rates and those for the evidence in one ascending row: see {@link NullCuts#of}. */
final class MergedCuts {

    private final NullCuts nominal;
    private final double[] scores;
    private final double[] rates;
    private final double[] shares;
    private final int[] counts;
    private int size;

    private MergedCuts(NullCuts nominal, int most) {
        this.nominal = nominal;
        scores = new double[most];
        rates = new double[most];
        shares = new double[most];
        counts = new int[most];
    }

    /**
     * Merges them.
     *
     * @param nominal whose shares are even
     * @param evidence at least one cut
     * @param sorted the scores behind the counts, ascending
     */
    static NullCuts of(NullCuts nominal, EvidenceCuts evidence, double[] sorted) {
        MergedCuts merged = new MergedCuts(nominal, nominal.cuts.length + evidence.scores.length);
        // Not the number of cuts that are there, which depends on the scores.
        double even = EvidenceCuts.EVENLY / NullCuts.mostCuts(nominal.n);
        int next = 0;
        for (int j = 0; j <= nominal.cuts.length; j++) {
            boolean last = j == nominal.cuts.length;
            int here = last ? 0 : nominal.atOrAbove[j];
            double share = even;
            while (next < evidence.scores.length) {
                int above = sorted.length - NullCuts.firstAtOrAbove(sorted, evidence.scores[next]);
                if (above < here) {
                    break;
                }
                if (above == here) {
                    // No score between the two. This cut is the higher one, so the other's bound is one of its own.
                    share = Math.max(share, evidence.shares[next]);
                } else {
                    merged.addForEvidence(evidence.scores[next], above, evidence.shares[next], j);
                }
                next++;
            }
            if (!last) {
                merged.add(nominal.cuts[j], nominal.nominalRates[j], here, share);
            }
        }
        return merged.cuts();
    }

    private void addForEvidence(double score, int above, double share, int before) {
        if (above >= (size == 0 ? nominal.n : counts[size - 1])) {
            return;
        }
        double higher = size == 0 ? 1 : rates[size - 1];
        double lower = before == nominal.cuts.length ? 0 : nominal.nominalRates[before];
        double rate = above / (double) nominal.n;
        // Ties can put it beyond a nominal rate.
        add(score, rate > lower && rate < higher ? rate : (lower + higher) / 2, above, share);
    }

    private void add(double score, double rate, int above, double share) {
        scores[size] = score;
        rates[size] = rate;
        counts[size] = above;
        shares[size++] = share;
    }

    private NullCuts cuts() {
        int[] above = Arrays.copyOf(counts, size);
        return new NullCuts(
                nominal.n,
                nominal.delta,
                Arrays.copyOf(scores, size),
                Arrays.copyOf(rates, size),
                above,
                NullCuts.bounds(nominal.n, nominal.delta, above),
                Arrays.copyOf(shares, size));
    }
}
