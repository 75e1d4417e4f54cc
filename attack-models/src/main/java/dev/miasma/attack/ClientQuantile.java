// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import java.util.List;

/**
 * One rate that all but a share of clients stay under: the null of a sensor that only flags, such as the share of exact
 * repeats. The bound is that of {@link TrafficCalibration} with a single cut.
 *
 * @param bound the rate; 1 where there is a client all of whose queries count
 * @param seen the rate itself of the client that decides the bound; NaN where there is none
 * @param clients number of clients it comes from; 0 where none has enough queries, the bound then being 1
 * @param guaranteed whether there are enough clients for the share
 * @param clientsNeeded how many are enough
 */
public record ClientQuantile(double bound, double seen, int clients, boolean guaranteed, int clientsNeeded) {

    /**
     * The bound.
     *
     * @param counted queries that count, one a client
     * @param queries all queries, one a client
     * @param minQueries clients with fewer are left out
     * @param quantile share of clients that the bound is to hold for, from {@link TrafficNull#LOWEST_QUANTILE} to below
     *     1
     * @param delta chance that the promise fails, in (0, 1)
     * @throws IllegalArgumentException naming the parameter, its value and its bound
     */
    public static ClientQuantile of(long[] counted, long[] queries, int minQueries, double quantile, double delta) {
        ClientLimits.requireQuantile(quantile);
        ClientLimits.requireDelta(delta);
        if (counted.length != queries.length) {
            throw new IllegalArgumentException(
                    "counts are " + counted.length + "; one for each of " + queries.length + " clients needed");
        }
        int needed = ClientLimits.clientsNeeded(1, quantile, delta);
        int[] used = ClientLimits.withEnough(queries, Math.max(1, minQueries));
        if (used.length == 0) {
            return new ClientQuantile(1, Double.NaN, 0, false, needed);
        }
        int[] n = new int[used.length];
        int[][] k = new int[used.length][1];
        for (int i = 0; i < used.length; i++) {
            n[i] = Math.toIntExact(queries[used[i]]);
            k[i][0] = Math.toIntExact(counted[used[i]]);
            if (k[i][0] < 0 || k[i][0] > n[i]) {
                throw new IllegalArgumentException(
                        "count of a client is " + k[i][0] + "; 0 to its " + n[i] + " queries needed");
            }
        }
        int r = ClientLimits.leftOutPerCut(n.length, 1, quantile, delta);
        int deciding = ClientLimits.deciding(List.of(k), n, 1, r, delta)[0];
        double bound = ClopperPearson.upperBound(k[deciding][0], n[deciding], delta / 2);
        double seen = k[deciding][0] / (double) n[deciding];
        return new ClientQuantile(bound, seen, n.length, r > 0, needed);
    }
}
