// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The benign null learnt from live clients that are held to be benign, where the known non-members of a calibration aren't
 * like them. The cuts stay; each gets the bound S_j that all but a share of the clients obey.
 *
 * <p>For each client with enough first-sight queries and each cut, the Clopper-Pearson upper bound of its rate at level
 * delta / (2 m); over clients, a nonparametric upper tolerance limit, for all m cuts together: see {@link ClientLimits}.
 * With confidence 1 - delta over the clients that were seen, a further client of the same kind obeys all the bounds with
 * a chance of at least the client quantile. Where there are too few clients for that, the largest bound of any is taken,
 * and no budget is guaranteed.
 *
 * <p>Assumed: the clients are benign, which nobody checks; those to come are drawn like those seen; and a client's
 * distinct queries are draws at its own rates. Clients are counted, not queries: those beyond the bounds may be the busy
 * ones.
 */
public final class TrafficCalibration {

    /** Fewest first-sight queries, by default, of a client that is used: with fewer, its bounds say next to nothing. */
    public static final int MIN_QUERIES = 200;

    /** The share of clients, by default, that the bounds are to hold for. */
    public static final double CLIENT_QUANTILE = 0.95;

    private final Calibration before;
    private final int minQueries;
    private final double quantile;
    private final double delta;
    /** The cuts of {@code before} that are kept, where clients allow it. */
    private final int[] tested;

    private final List<int[]> atOrAbove = new ArrayList<>();
    private int[] queries = {};
    private int[] pooled = {};
    private int pooledQueries;

    private TrafficCalibration(Calibration before, int minQueries, double quantile, double delta) {
        this.before = before;
        this.minQueries = minQueries;
        this.quantile = quantile;
        this.delta = delta;
        // Those for the evidence alone would cost clients, and their split of delta is another null's.
        tested = IntStream.range(0, before.bins() - 1).filter(before::isNominal).toArray();
    }

    /**
     * Calibrates on clients.
     *
     * @param before whose cuts, members and histogram are kept
     * @param countsByBin a client each: how many of its first-sight scores are in each of {@code before}'s bins
     * @param minQueries clients with fewer are left out, at least 12
     * @param quantile share of clients that the bounds are to hold for, from {@link TrafficNull#LOWEST_QUANTILE} to
     *     below 1
     * @param delta chance that the promise fails, in (0, 1)
     * @throws IllegalArgumentException naming the parameter, its value and its bound; also where no client has enough
     *     queries, or no cut tells them apart
     */
    public static Calibration of(
            Calibration before, List<long[]> countsByBin, int minQueries, double quantile, double delta) {
        if (minQueries < NullCuts.FEWEST_SCORES) {
            throw new IllegalArgumentException(
                    "queries of a client are " + minQueries + "; at least " + NullCuts.FEWEST_SCORES + " needed");
        }
        ClientLimits.requireQuantile(quantile);
        ClientLimits.requireDelta(delta);
        TrafficCalibration traffic = new TrafficCalibration(before, minQueries, quantile, delta);
        traffic.add(countsByBin);
        return traffic.calibration();
    }

    /** Counts from the top: bins to numbers at or above each cut. */
    private void add(List<long[]> countsByBin) {
        long[] totals = countsByBin.stream()
                .mapToLong(counts -> BinCounts.total(before, counts))
                .toArray();
        int[] used = ClientLimits.withEnough(totals, minQueries);
        if (used.length == 0) {
            throw new IllegalArgumentException("no client has " + minQueries + " distinct queries; the busiest of "
                    + totals.length + " has " + Arrays.stream(totals).max().orElse(0));
        }
        int m = tested.length;
        queries = new int[used.length];
        pooled = new int[m];
        for (int i = 0; i < used.length; i++) {
            long[] counts = countsByBin.get(used[i]);
            queries[i] = Math.toIntExact(totals[used[i]]);
            pooledQueries = Math.addExact(pooledQueries, queries[i]);
            int[] above = new int[m];
            int sum = 0;
            int bin = counts.length;
            for (int j = m - 1; j >= 0; j--) {
                while (bin > tested[j] + 1) {
                    sum += Math.toIntExact(counts[--bin]);
                }
                above[j] = sum;
                pooled[j] = Math.addExact(pooled[j], sum);
            }
            atOrAbove.add(above);
        }
    }

    private Calibration calibration() {
        int m = pooled.length;
        int r = ClientLimits.leftOutPerCut(queries.length, m, quantile, delta);
        int[] deciding = ClientLimits.deciding(atOrAbove, queries, m, r, delta);
        int[] k = new int[m];
        int[] n = new int[m];
        double[] bounds = new double[m];
        for (int j = 0; j < m; j++) {
            k[j] = atOrAbove.get(deciding[j])[j];
            n[j] = queries[deciding[j]];
            bounds[j] = ClopperPearson.upperBound(k[j], n[j], delta / (2 * m));
        }
        int[] kept = kept(bounds);
        if (kept.length == 0) {
            throw new IllegalArgumentException(
                    "no cut has a bound below 1: there are clients whose queries all score high");
        }
        int[] keptBefore = pick(tested, kept);
        TrafficNull clients = new TrafficNull(queries.length, minQueries, quantile, m, pick(k, kept), pick(n, kept));
        NullCuts cuts = new NullCuts(
                pooledQueries,
                delta,
                pick(before.cuts(), keptBefore),
                pick(before.nominalRates(), keptBefore),
                pick(pooled, kept),
                pick(bounds, kept));
        int[] members = members(keptBefore);
        EvidenceTable evidence = before.members() == 0
                ? EvidenceTable.fromPValues(cuts.bounds)
                : EvidenceTable.fromMembers(cuts.bounds, cuts.counts(), members);
        return new Calibration(
                NullSource.BENIGN_TRAFFIC, cuts, clients, members, evidence, before.histogram(), before.flagRate());
    }

    /**
     * The cuts that are left: a bound has to be below the one before, and 1 before the first. Of two equal ones the lower
     * cut stays, which bounds more by the same. A cut that no further query reaches says nothing of its own either.
     */
    private int[] kept(double[] bounds) {
        int[] kept = new int[bounds.length];
        int size = 0;
        double bound = 1;
        int above = pooledQueries;
        for (int j = 0; j < bounds.length; j++) {
            if (bounds[j] < bound && pooled[j] < above && pooled[j] > 0) {
                kept[size++] = j;
                bound = bounds[j];
                above = pooled[j];
            }
        }
        return Arrays.copyOf(kept, size);
    }

    /** Members of merged bins add up: a bin reaches from a cut that is left to the next. */
    private int[] members(int[] kept) {
        int[] members = new int[kept.length + 1];
        int[] counts = before.memberCounts();
        int bin = 0;
        for (int b = 0; b < counts.length; b++) {
            if (bin < kept.length && b > kept[bin]) {
                bin++;
            }
            members[bin] += counts[b];
        }
        return members;
    }

    private static int[] pick(int[] values, int[] indexes) {
        return Arrays.stream(indexes).map(i -> values[i]).toArray();
    }

    private static double[] pick(double[] values, int[] indexes) {
        return Arrays.stream(indexes).mapToDouble(i -> values[i]).toArray();
    }
}
