// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import java.util.ArrayList;
import java.util.List;

/**
 * The evidence a query carries, by the bin its attack score falls in: ln L, rows x bins, one row an alternative.
 *
 * <p>The bins are cut so that under the benign null P(score >= cut j) <= S_j. The extremal null puts mass q_b = S_b -
 * S_(b+1) on bin b (S_0 = 1, S_(m+1) = 0); every null that obeys the bounds is stochastically smaller. Two invariants
 * therefore make each row's L an e-value under every such null, and no table exists that breaks one:
 *
 * <ol>
 *   <li>a row is finite and nondecreasing over the bins;
 *   <li>its mean under q is at most 1.
 * </ol>
 *
 * <p>Immutable and thread-safe. Floats, rounded down, so that the second invariant holds for what is stored.
 */
public final class EvidenceTable {

    /** Shares of training members among a probing client's queries, one row each. */
    private static final double[] MEMBER_SHARES = {0.05, 0.2, 0.5, 1};

    /** With less growth a query, in nats, an alarm at one in a million would take over 100,000 queries. */
    private static final double LEAST_GROWTH = 1e-4;

    /** Exponents of the p-value calibrators, one row each. */
    private static final double[] KAPPAS = {0.2, 0.5, 0.8};

    private final List<String> names;
    /** Bins x rows, so that a query reads one short array. */
    private final float[][] columns;

    private EvidenceTable(double[] bounds, List<String> names, float[][] logEvidence) {
        this.names = List.copyOf(names);
        requireShape(bounds, names, logEvidence);
        for (int row = 0; row < logEvidence.length; row++) {
            requireEvidence(names.get(row), logEvidence[row], bounds);
        }
        columns = new float[bounds.length + 1][logEvidence.length];
        for (int row = 0; row < logEvidence.length; row++) {
            for (int bin = 0; bin < columns.length; bin++) {
                columns[bin][row] = logEvidence[row][bin];
            }
        }
    }

    /**
     * A table as given, for instance from a model file.
     *
     * @param bounds S_1 to S_m, nonincreasing, in (0, 1)
     * @param names one a row
     * @param logEvidence ln L, rows x (m + 1) bins
     * @throws IllegalArgumentException if an invariant is broken, naming the row, the value and the bound
     */
    public static EvidenceTable of(double[] bounds, List<String> names, float[][] logEvidence) {
        return new EvidenceTable(bounds, names, logEvidence);
    }

    /**
     * Evidence from calibration members: for a client of whose queries a share pi in {0.05, 0.2, 0.5, 1} are training
     * members, the fastest growing evidence that bears every null within the bounds, see {@link Grow}. Its probe is (1 -
     * pi) p + pi f, with p and f the shares of non-members and of members in each bin, half a pseudo-count a bin. A pi
     * that the bounds leave next to nothing to tell by has no row, but for pi = 1: it would only take from the others.
     *
     * @param bounds S_1 to S_m, nonincreasing, in (0, 1)
     * @param nonMemberCounts non-members in each of the m + 1 bins
     * @param memberCounts members in each of them
     */
    public static EvidenceTable fromMembers(double[] bounds, int[] nonMemberCounts, int[] memberCounts) {
        double[] q = mass(bounds);
        double[] out = shares("non-member", nonMemberCounts, q.length);
        double[] in = shares("member", memberCounts, q.length);
        List<String> names = new ArrayList<>();
        List<double[]> rows = new ArrayList<>();
        for (double share : MEMBER_SHARES) {
            double[] probe = Grow.probe(share, out, in);
            double[] row = Grow.evidence(probe, q);
            if (share == 1 || Grow.rate(probe, row) >= LEAST_GROWTH) {
                names.add("member-share-" + share);
                rows.add(row);
            }
        }
        return rounded(bounds, names, rows);
    }

    private static double[] shares(String of, int[] counts, int bins) {
        if (counts.length != bins) {
            throw new IllegalArgumentException(
                    of + " counts are " + counts.length + "; one for each of " + bins + " bins needed");
        }
        double total = 0;
        for (int count : counts) {
            total += count + 0.5;
        }
        double[] shares = new double[bins];
        for (int b = 0; b < bins; b++) {
            shares[b] = (counts[b] + 0.5) / total;
        }
        return shares;
    }

    /**
     * Evidence without any member: the p-value calibrators kappa u^(kappa - 1), kappa in {0.2, 0.5, 0.8} (Vovk and
     * Wang, "E-values: calibration, combination and applications", 2021), each averaged over the p-values of a bin,
     * S_(b+1) to S_b: L(b) = (S_b^kappa - S_(b+1)^kappa) / (S_b - S_(b+1)). The average is nondecreasing, has mean 1
     * under q and is never below the calibrator at S_b.
     *
     * @param bounds S_1 to S_m, descending, in (0, 1)
     */
    public static EvidenceTable fromPValues(double[] bounds) {
        double[] q = extremalNull(bounds);
        List<String> names = new ArrayList<>();
        List<double[]> rows = new ArrayList<>();
        for (double kappa : KAPPAS) {
            double[] row = new double[q.length];
            for (int b = 0; b < row.length; b++) {
                double upper = b == 0 ? 1 : bounds[b - 1];
                double lower = b == bounds.length ? 0 : bounds[b];
                row[b] = (StrictMath.pow(upper, kappa) - StrictMath.pow(lower, kappa)) / q[b];
            }
            names.add("p-value-" + kappa);
            rows.add(row);
        }
        return rounded(bounds, names, rows);
    }

    /**
     * Evidence of a sensor that only flags: two bins, (1 - q) / (1 - p0) and q / p0, one row for each flag rate q of
     * a probe.
     *
     * @param p0 the most a benign query is flagged, in (0, 1)
     * @param flagRates a probe's flag rates, each in (p0, 1)
     */
    public static EvidenceTable likelihoodRatios(double p0, double... flagRates) {
        double[] bounds = {p0};
        extremalNull(bounds);
        List<String> names = new ArrayList<>();
        List<double[]> rows = new ArrayList<>();
        for (double q : flagRates) {
            if (!(q > p0 && q < 1)) {
                throw new IllegalArgumentException("flag rate is " + q + "; between p0 = " + p0 + " and 1 needed");
            }
            names.add("flag-rate-" + q);
            rows.add(new double[] {(1 - q) / (1 - p0), q / p0});
        }
        return rounded(bounds, names, rows);
    }

    /** Number of alternatives. */
    public int rows() {
        return names.size();
    }

    /** Number of bins. */
    public int bins() {
        return columns.length;
    }

    /** What a row's alternative is. */
    public String rowName(int row) {
        return names.get(row);
    }

    /** ln L of a bin under a row's alternative. */
    public float logEvidence(int row, int bin) {
        return columns[bin][row];
    }

    /** A bin's ln L, one a row: a copy. */
    public float[] column(int bin) {
        return columns[bin].clone();
    }

    /**
     * Copies a bin's ln L, one a row, into an array, and allocates nothing.
     *
     * @param out at least {@link #rows()} long
     */
    public void copyColumn(int bin, float[] out) {
        float[] column = columns[bin];
        System.arraycopy(column, 0, out, 0, column.length);
    }

    /** q_b = S_b - S_(b+1): the extremal null's mass of each bin. */
    static double[] extremalNull(double[] bounds) {
        double[] q = new double[bounds.length + 1];
        for (int b = 0; b < q.length; b++) {
            double upper = b == 0 ? 1 : bounds[b - 1];
            double lower = b == bounds.length ? 0 : bounds[b];
            q[b] = upper - lower;
            if (!(q[b] > 0)) {
                throw new IllegalArgumentException(
                        "bound " + (b + 1) + " is " + lower + "; below " + upper + " and above 0 needed");
            }
        }
        return q;
    }

    /** The same where bounds may be equal, the bin between them then having no mass. */
    static double[] mass(double[] bounds) {
        double[] q = new double[bounds.length + 1];
        for (int b = 0; b < q.length; b++) {
            double upper = b == 0 ? 1 : bounds[b - 1];
            double lower = b == bounds.length ? 0 : bounds[b];
            q[b] = upper - lower;
            if (!(q[b] >= 0 && lower < 1 && upper > 0)) {
                throw new IllegalArgumentException(
                        "bound " + (b + 1) + " is " + lower + "; at most " + upper + ", below 1 and above 0 needed");
            }
        }
        return q;
    }

    /**
     * The mean of L under the extremal null, summed by parts: L_0 + sum over j of S_j (L_j - L_(j-1)). No term is
     * negative, so a constant L = 1 has mean 1 exactly.
     */
    static double mean(double[] likelihoods, double[] bounds) {
        double mean = likelihoods[0];
        for (int j = 1; j < likelihoods.length; j++) {
            mean += bounds[j - 1] * (likelihoods[j] - likelihoods[j - 1]);
        }
        return mean;
    }

    private static EvidenceTable rounded(double[] bounds, List<String> names, List<double[]> likelihoods) {
        float[][] logs = new float[likelihoods.size()][];
        for (int row = 0; row < logs.length; row++) {
            logs[row] = roundedDown(likelihoods.get(row), bounds);
        }
        return new EvidenceTable(bounds, names, logs);
    }

    private static float[] roundedDown(double[] likelihoods, double[] bounds) {
        float[] logs = new float[likelihoods.length];
        for (int b = 0; b < logs.length; b++) {
            double exact = StrictMath.log(likelihoods[b]);
            float nearest = (float) exact;
            logs[b] = nearest > exact ? Math.nextDown(nearest) : nearest;
        }
        // Rounding down leaves room for the sum's own rounding nearly always; where not, a millionth is given up.
        while (mean(exponentials(logs), bounds) > 1) {
            for (int b = 0; b < logs.length; b++) {
                logs[b] -= 1e-6f;
            }
        }
        return logs;
    }

    /** StrictMath, so that a table that passes here passes on every machine. */
    private static double[] exponentials(float[] logs) {
        double[] values = new double[logs.length];
        for (int b = 0; b < values.length; b++) {
            values[b] = StrictMath.exp(logs[b]);
        }
        return values;
    }

    private static void requireShape(double[] bounds, List<String> names, float[][] logEvidence) {
        mass(bounds);
        if (logEvidence.length == 0 || logEvidence.length != names.size()) {
            throw new IllegalArgumentException("evidence rows are " + logEvidence.length + "; one for each of "
                    + names.size() + " names needed, and at least one");
        }
        for (int row = 0; row < logEvidence.length; row++) {
            if (logEvidence[row].length != bounds.length + 1) {
                throw new IllegalArgumentException("evidence row " + names.get(row) + " has " + logEvidence[row].length
                        + " bins; " + (bounds.length + 1) + " needed");
            }
        }
    }

    private static void requireEvidence(String name, float[] logs, double[] bounds) {
        for (int b = 0; b < logs.length; b++) {
            if (!Float.isFinite(logs[b])) {
                throw new IllegalArgumentException(
                        "evidence row " + name + ", bin " + b + " is " + logs[b] + "; a finite number needed");
            }
            if (b > 0 && logs[b] < logs[b - 1]) {
                throw new IllegalArgumentException("evidence row " + name + ", bin " + b + " is " + logs[b]
                        + "; at least " + logs[b - 1] + ", the bin before, needed");
            }
        }
        double mean = mean(exponentials(logs), bounds);
        if (!(mean <= 1)) {
            throw new IllegalArgumentException(
                    "evidence row " + name + " has mean " + mean + " under the null; at most 1 needed");
        }
    }
}
