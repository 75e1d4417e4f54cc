// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.defense;

/**
 * Top-k (Shokri et al. 2017, section VIII): the k highest probabilities stay, of equal ones the first.
 *
 * <p>The paper leaves the others out. Here they share what is left evenly: clients go on getting as many probabilities as
 * before, which sum to 1; nothing is told beyond the k, since what is left is known anyway; and no other class overtakes
 * one of the k, a mean being no larger than the largest.
 *
 * @param k at least 1; with no more classes than that, nothing changes
 */
record TopK(int k) implements OutputDefense {

    TopK {
        if (k < 1) {
            throw new IllegalArgumentException("k of defence 'top" + k + "' is " + k + "; at least 1 needed");
        }
    }

    @Override
    public String id() {
        return "top" + k;
    }

    @Override
    public String title() {
        return k == 1 ? "only the highest probability" : "only the " + k + " highest probabilities";
    }

    @Override
    public String source() {
        return "Shokri et al. 2017, section VIII";
    }

    @Override
    public void apply(double[] posterior, int classes, double[] out) {
        if (k >= classes) {
            System.arraycopy(posterior, 0, out, 0, classes);
            return;
        }
        int last = last(posterior, classes);
        double least = posterior[last];
        double rest = 0;
        for (int i = 0; i < classes; i++) {
            rest += kept(posterior[i], i, least, last) ? 0 : posterior[i];
        }
        // The mean of equal numbers may come out a bit above them.
        double share = Math.min(rest / (classes - k), least);
        for (int i = 0; i < classes; i++) {
            out[i] = kept(posterior[i], i, least, last) ? posterior[i] : share;
        }
    }

    /** The class at place k, by passing over all classes k times: k is small, and nothing is allocated. */
    private int last(double[] posterior, int classes) {
        double bound = Double.POSITIVE_INFINITY;
        int last = -1;
        for (int rank = 0; rank < k; rank++) {
            int best = -1;
            for (int i = 0; i < classes; i++) {
                boolean later = posterior[i] < bound || (posterior[i] == bound && i > last);
                if (later && (best < 0 || posterior[i] > posterior[best])) {
                    best = i;
                }
            }
            last = best;
            bound = posterior[best];
        }
        return last;
    }

    private static boolean kept(double value, int index, double least, int last) {
        return value > least || (value == least && index <= last);
    }
}
