// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import java.util.Arrays;
import java.util.List;

/**
 * Bounds that all but a share of clients obey, whatever the distribution over clients: a tolerance region of statistically
 * equivalent blocks (Tukey, "Non-parametric estimation II. Statistically equivalent blocks and tolerance regions", 1947;
 * for discrete values Tukey 1948).
 *
 * <p>Client i reaches cut j at an unknown rate p_ij; u_ij is the Clopper-Pearson upper bound of it at level delta / (2
 * m), so that the u_ij of one client hold for all m cuts at once but with a chance of delta / 2. Cut by cut, from the
 * lowest, the r clients of the largest u_ij among those not yet left out are left out, and S_j is the last of these. m r
 * of the n + 1 blocks into which n clients cut their distribution then lie outside. So the share of clients beyond any
 * of the S_j is, but for a chance of delta / 2, at most BetaInv(1 - delta / 2; m r, n + 1 - m r); with the delta / 2 by
 * which a client's own rates may be above its u_ij,
 *
 * <p>share outside = BetaInv(1 - delta / 2; m r, n + 1 - m r) + delta / 2.
 *
 * <p>r is the largest that keeps it within 1 - gamma. One quantile a cut, each with a share of 1 - gamma, would promise
 * m (1 - gamma) for a client and all its cuts together.
 */
final class ClientLimits {

    private ClientLimits() {}

    /** The most clients that may be beyond one of the bounds, as a share; 1 where there are too few to say. */
    static double shareOutside(int clients, long blocks, double delta) {
        if (blocks > clients) {
            return 1;
        }
        return Math.min(1, ClopperPearson.upperBound(blocks - 1, clients, delta / 2) + delta / 2);
    }

    /** r, the clients that may be left out at each cut, the one at the bound included; 0 where there are too few. */
    static int leftOutPerCut(int clients, int cuts, double quantile, double delta) {
        int enough = 0;
        int tooMany = clients / cuts + 1;
        while (tooMany - enough > 1) {
            int middle = (enough + tooMany) >>> 1;
            if (shareOutside(clients, (long) cuts * middle, delta) <= 1 - quantile) {
                enough = middle;
            } else {
                tooMany = middle;
            }
        }
        return enough;
    }

    /** The fewest clients from which on {@link #leftOutPerCut} is at least 1; the largest int where none are enough. */
    static int clientsNeeded(int cuts, double quantile, double delta) {
        int tooFew = 0;
        int enough = Integer.MAX_VALUE;
        while (enough - tooFew > 1) {
            int middle = (tooFew + enough) >>> 1;
            if (shareOutside(middle, cuts, delta) <= 1 - quantile) {
                enough = middle;
            } else {
                tooFew = middle;
            }
        }
        return enough;
    }

    /**
     * Which client is at each bound: the r-th largest, or, where r is 0, the largest of all.
     *
     * @param atOrAbove clients x cuts: queries at or above each cut
     * @param queries of each client
     * @param r clients left out at each cut
     * @return one index of a client a cut
     */
    static int[] deciding(List<int[]> atOrAbove, int[] queries, int cuts, int r, double delta) {
        boolean[] leftOut = new boolean[queries.length];
        int[] deciding = new int[cuts];
        double[] bounds = new double[queries.length];
        for (int j = 0; j < cuts; j++) {
            for (int i = 0; i < queries.length; i++) {
                bounds[i] = leftOut[i]
                        ? -1
                        : ClopperPearson.upperBound(atOrAbove.get(i)[j], queries[i], delta / (2 * cuts));
            }
            for (int rank = 0; rank < Math.max(1, r); rank++) {
                deciding[j] = largest(bounds);
                bounds[deciding[j]] = -1;
                leftOut[deciding[j]] = r > 0;
            }
        }
        return deciding;
    }

    private static int largest(double[] values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[largest]) {
                largest = i;
            }
        }
        return largest;
    }

    static void requireQuantile(double quantile) {
        if (!(quantile >= TrafficNull.LOWEST_QUANTILE && quantile < 1)) {
            throw new IllegalArgumentException("client quantile is " + quantile + "; at least "
                    + TrafficNull.LOWEST_QUANTILE + " and below 1 needed");
        }
    }

    static void requireDelta(double delta) {
        if (!(delta > 0 && delta < 1)) {
            throw new IllegalArgumentException("delta is " + delta + "; between 0 and 1 needed");
        }
    }

    /** The indexes of the clients with enough queries. */
    static int[] withEnough(long[] queries, int minQueries) {
        int[] indexes = new int[queries.length];
        int size = 0;
        for (int i = 0; i < queries.length; i++) {
            if (queries[i] >= minQueries) {
                indexes[size++] = i;
            }
        }
        return Arrays.copyOf(indexes, size);
    }
}
