// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

/**
 * The evidence that grows fastest against the hardest null. Of all L that are nondecreasing over the bins and have mean at
 * most 1 under the extremal null, that of the largest mean of ln L over a probe's bins is the isotonic regression of the
 * probe's mass over the null's: the likelihood ratio to the null's member nearest to the probe, its reverse information
 * projection (Grunwald, de Heide and Koolen, "Safe testing", 2024, theorem 1; Barlow et al. 1972 for the regression).
 */
final class Grow {

    private Grow() {}

    /**
     * The evidence of each bin.
     *
     * @param probe mass of each bin, above 0, adding up to 1
     * @param extremal mass of each bin under the extremal null, adding up to 1; 0 where the bounds of two cuts are equal,
     *     but not in the highest bin
     * @return likelihoods, nondecreasing, with mean 1 under the extremal null but for rounding
     */
    static double[] evidence(double[] probe, double[] extremal) {
        int bins = probe.length;
        double[] top = new double[bins];
        double[] bottom = new double[bins];
        int[] size = new int[bins];
        int blocks = 0;
        for (int bin = 0; bin < bins; bin++) {
            top[blocks] = probe[bin];
            bottom[blocks] = extremal[bin];
            size[blocks] = 1;
            // Pool adjacent violators, by products, since a mass may be 0.
            while (blocks > 0 && top[blocks - 1] * bottom[blocks] >= top[blocks] * bottom[blocks - 1]) {
                top[blocks - 1] += top[blocks];
                bottom[blocks - 1] += bottom[blocks];
                size[blocks - 1] += size[blocks];
                blocks--;
            }
            blocks++;
        }
        double[] evidence = new double[bins];
        int next = 0;
        for (int block = 0; block < blocks; block++) {
            for (int i = 0; i < size[block]; i++) {
                evidence[next++] = top[block] / bottom[block];
            }
        }
        return evidence;
    }

    /** The mean of ln L over a probe's bins, in nats a query. */
    static double rate(double[] probe, double[] evidence) {
        double rate = 0;
        for (int bin = 0; bin < probe.length; bin++) {
            rate += probe[bin] * StrictMath.log(evidence[bin]);
        }
        return rate;
    }

    /** The bins of a client of whose queries a share are members: a mixture. */
    static double[] probe(double memberShare, double[] nonMembers, double[] members) {
        double[] probe = new double[members.length];
        for (int bin = 0; bin < probe.length; bin++) {
            probe[bin] = (1 - memberShare) * nonMembers[bin] + memberShare * members[bin];
        }
        return probe;
    }
}
