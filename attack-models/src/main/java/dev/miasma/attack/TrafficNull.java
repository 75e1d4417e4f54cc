// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

/**
 * The clients behind a benign null that was learnt from traffic. The bound of each cut is the Clopper-Pearson upper bound,
 * at level delta / (2 m), of the rate of one client, the deciding one: S_j = BetaInv(1 - delta / (2 m); k + 1, n - k) for
 * k of its n queries at or above the cut. {@link TrafficCalibration} says which client that is and what it promises.
 * Immutable.
 */
public final class TrafficNull {

    /** A promise for fewer clients than this share is none. */
    public static final double LOWEST_QUANTILE = 0.9;

    private static final int MOST_CUTS = 1000;

    private final int clients;
    private final int minQueries;
    private final double clientQuantile;
    private final int cutsTested;
    private final int[] atOrAbove;
    private final int[] queries;

    /**
     * @param clients number of clients with enough queries, at least 1
     * @param minQueries what enough is, at least 1
     * @param clientQuantile share of clients that the bounds are to hold for, from {@link #LOWEST_QUANTILE}
     * @param cutsTested m, the cuts before equal ones were merged
     * @param atOrAbove k of the deciding client, one a cut that is left
     * @param queries n of that client
     */
    TrafficNull(int clients, int minQueries, double clientQuantile, int cutsTested, int[] atOrAbove, int[] queries) {
        if (clients < 1 || minQueries < 1) {
            throw new IllegalArgumentException(
                    "clients are " + clients + " with at least " + minQueries + " queries; at least 1 of each needed");
        }
        ClientLimits.requireQuantile(clientQuantile);
        if (cutsTested < atOrAbove.length || cutsTested > MOST_CUTS) {
            throw new IllegalArgumentException(
                    "cuts tested are " + cutsTested + "; " + atOrAbove.length + " to " + MOST_CUTS + " needed");
        }
        for (int j = 0; j < atOrAbove.length; j++) {
            if (queries[j] < minQueries || atOrAbove[j] < 0 || atOrAbove[j] >= queries[j]) {
                throw new IllegalArgumentException("the client of cut " + j + " has " + atOrAbove[j] + " of "
                        + queries[j] + " queries at or above it; at least " + minQueries
                        + " queries, and some below, needed");
            }
        }
        this.clients = clients;
        this.minQueries = minQueries;
        this.clientQuantile = clientQuantile;
        this.cutsTested = cutsTested;
        this.atOrAbove = atOrAbove.clone();
        this.queries = queries.clone();
    }

    /** Number of clients whose traffic was used. */
    public int clients() {
        return clients;
    }

    /** Fewest first-sight queries of a client that is used. */
    public int minQueries() {
        return minQueries;
    }

    /** The share of clients that the bounds are to hold for. */
    public double clientQuantile() {
        return clientQuantile;
    }

    /** Number of cuts before equal ones were merged. */
    public int cutsTested() {
        return cutsTested;
    }

    /** How many queries of the deciding client are at or above a cut. */
    public int atOrAbove(int cut) {
        return atOrAbove[cut];
    }

    /** How many first-sight queries the deciding client of a cut has. */
    public int queries(int cut) {
        return queries[cut];
    }

    /** Whether there are enough clients for the bounds to hold for the wanted share of them. */
    public boolean guaranteed(double delta) {
        return leftOutPerCut(delta) > 0;
    }

    /** How many clients were left out at each cut, the deciding one included; 0 where there are too few to leave any. */
    public int leftOutPerCut(double delta) {
        return ClientLimits.leftOutPerCut(clients, cutsTested, clientQuantile, delta);
    }

    /** The share of clients that may be beyond the bounds, at most, with confidence 1 - delta. */
    public double shareOutside(double delta) {
        // Where none was left out, each of the largest still takes a block with it.
        return ClientLimits.shareOutside(clients, (long) cutsTested * Math.max(1, leftOutPerCut(delta)), delta);
    }

    /** How many clients are needed for a guarantee. */
    public int clientsNeeded(double delta) {
        return ClientLimits.clientsNeeded(cutsTested, clientQuantile, delta);
    }

    /** S_j, one a cut that is left. */
    double[] bounds(double delta) {
        double[] bounds = new double[atOrAbove.length];
        for (int j = 0; j < bounds.length; j++) {
            bounds[j] = ClopperPearson.upperBound(atOrAbove[j], queries[j], delta / (2 * cutsTested));
        }
        return bounds;
    }

    /** Refuses clients that the queries of all together cannot hold. */
    void requirePartOf(NullCuts cuts) {
        if ((long) clients * minQueries > cuts.n) {
            throw new IllegalArgumentException("clients are " + clients + " with at least " + minQueries
                    + " queries; together they have " + cuts.n);
        }
        for (int j = 0; j < atOrAbove.length; j++) {
            long below = (long) queries[j] - atOrAbove[j];
            if (atOrAbove[j] > cuts.atOrAbove[j] || below > (long) cuts.n - cuts.atOrAbove[j]) {
                throw new IllegalArgumentException("the client of cut " + j + " has " + atOrAbove[j] + " of "
                        + queries[j] + " queries at or above it; all together have " + cuts.atOrAbove[j] + " of "
                        + cuts.n);
            }
        }
    }
}
