// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import java.util.Optional;

/**
 * How many of a client's, or an endpoint's, queries are training members, estimated from where their scores lie.
 *
 * <p>The first-sight scores are taken for a mixture: bin b has probability (1 - pi) f_out(b) + pi f_in(b), f_out and f_in
 * being the calibration's shares of non-members and of members, with half a pseudo-count a bin. The log-likelihood is
 * concave in pi; its maximum is the estimate. The interval holds every pi whose likelihood ratio is within the 95 % point
 * of chi-square with one degree of freedom (Wilks, "The Large-Sample Distribution of the Likelihood Ratio for Testing
 * Composite Hypotheses", 1938), widened for the calibration's own sampling error: the point is multiplied by 1 + v I,
 * where I is the observed information and v the variance of pi that multinomial errors of f_out and f_in cause (delta
 * method). At 0 and 1 the same point is kept, which covers more and never less there; a one-sided point would be too short
 * for a share just beside the edge.
 *
 * <p>What the interval covers: chance in the queries and in the calibration records. What it does not: queries that are
 * no such mixture, members unlike the calibration's, repeats, and a calibration of another model. Where the calibration's
 * null comes from traffic, f_out is that traffic, and its clients' differences are not in v.
 *
 * @param share the most likely share of members, 0 to 1
 * @param low the interval's lower end, 0 to {@code share}
 * @param high its upper end, {@code share} to 1
 * @param queries number of scores behind it, at least 1
 */
public record MemberShare(double share, double low, double high, long queries) {

    /** The 95 % point of chi-square with one degree of freedom. */
    private static final double CHI_SQUARE_95 = 3.841458820694124;

    private static final double PRECISION = 1e-10;
    private static final int MOST_STEPS = 100;

    /**
     * Estimates the share. Microseconds; allocates one short array.
     *
     * @param calibration of the attack whose scores they are
     * @param countsByBin number of first-sight scores in each of the calibration's bins; only read
     * @return absent where the calibration has no members or there are no queries
     * @throws IllegalArgumentException if there isn't one count a bin or one is negative
     */
    public static Optional<MemberShare> estimate(Calibration calibration, long[] countsByBin) {
        long queries = BinCounts.total(calibration, countsByBin);
        if (calibration.members() == 0 || queries == 0) {
            return Optional.empty();
        }
        double[] ratios = new double[countsByBin.length];
        for (int b = 0; b < ratios.length; b++) {
            ratios[b] = memberShare(calibration, b) / nonMemberShare(calibration, b);
        }
        double share = mostLikely(countsByBin, ratios);
        double drop = CHI_SQUARE_95 / 2 * widening(calibration, countsByBin, ratios, share);
        double least = logLikelihood(countsByBin, ratios, share) - drop;
        return Optional.of(new MemberShare(
                share,
                crossing(countsByBin, ratios, least, share, 0),
                crossing(countsByBin, ratios, least, share, 1),
                queries));
    }

    private static double nonMemberShare(Calibration calibration, int bin) {
        return (calibration.nonMembersIn(bin) + 0.5) / (calibration.nonMembers() + 0.5 * calibration.bins());
    }

    private static double memberShare(Calibration calibration, int bin) {
        return (calibration.membersIn(bin) + 0.5) / (calibration.members() + 0.5 * calibration.bins());
    }

    /** The log-likelihood at pi, less that at 0. */
    private static double logLikelihood(long[] counts, double[] ratios, double pi) {
        double sum = 0;
        for (int b = 0; b < counts.length; b++) {
            if (counts[b] > 0) {
                sum += counts[b] * Math.log(mixture(ratios[b], pi));
            }
        }
        return sum;
    }

    private static double slope(long[] counts, double[] ratios, double pi) {
        double sum = 0;
        for (int b = 0; b < counts.length; b++) {
            sum += counts[b] * (ratios[b] - 1) / mixture(ratios[b], pi);
        }
        return sum;
    }

    /** Minus the second derivative of the log-likelihood. */
    private static double information(long[] counts, double[] ratios, double pi) {
        double sum = 0;
        for (int b = 0; b < counts.length; b++) {
            double term = (ratios[b] - 1) / mixture(ratios[b], pi);
            sum += counts[b] * term * term;
        }
        return sum;
    }

    /** A bin's density over that of non-members. */
    private static double mixture(double ratio, double pi) {
        return 1 - pi + pi * ratio;
    }

    /** Where the slope, which falls, is 0: Newton's steps, halving where they leave the bracket. */
    private static double mostLikely(long[] counts, double[] ratios) {
        if (slope(counts, ratios, 0) <= 0) {
            return 0;
        }
        if (slope(counts, ratios, 1) >= 0) {
            return 1;
        }
        double low = 0;
        double high = 1;
        double pi = 0.5;
        for (int step = 0; step < MOST_STEPS && high - low > PRECISION; step++) {
            double slope = slope(counts, ratios, pi);
            if (slope > 0) {
                low = pi;
            } else {
                high = pi;
            }
            double next = pi + slope / information(counts, ratios, pi);
            if (Math.abs(next - pi) < PRECISION) {
                return Math.clamp(next, 0, 1);
            }
            pi = next > low && next < high ? next : (low + high) / 2;
        }
        return pi;
    }

    /** Where the log-likelihood falls to a value between the share and an end, or that end where it never does. */
    private static double crossing(long[] counts, double[] ratios, double value, double share, double end) {
        if (logLikelihood(counts, ratios, end) >= value) {
            return end;
        }
        double inside = share;
        double outside = end;
        double pi = (inside + outside) / 2;
        for (int step = 0; step < MOST_STEPS && Math.abs(outside - inside) > PRECISION; step++) {
            double excess = logLikelihood(counts, ratios, pi) - value;
            if (excess >= 0) {
                inside = pi;
            } else {
                outside = pi;
            }
            double next = pi - excess / slope(counts, ratios, pi);
            if (Math.abs(next - pi) < PRECISION) {
                break;
            }
            boolean between = next > Math.min(inside, outside) && next < Math.max(inside, outside);
            pi = between ? next : (inside + outside) / 2;
        }
        return pi;
    }

    /**
     * 1 + v I. The slope changes by -c_b f_in(b) / f(b)^2 with f_out(b), by c_b f_out(b) / f(b)^2 with f_in(b), f being
     * the mixture; pi by that over I; and multinomial shares g of n records give a weighted sum of them the variance
     * (sum of g w^2 - (sum of g w)^2) / n.
     */
    private static double widening(Calibration calibration, long[] counts, double[] ratios, double pi) {
        double information = information(counts, ratios, pi);
        if (!(information > 0)) {
            return 1;
        }
        double outMean = 0;
        double outSquare = 0;
        double inMean = 0;
        double inSquare = 0;
        for (int b = 0; b < counts.length; b++) {
            double out = nonMemberShare(calibration, b);
            double in = memberShare(calibration, b);
            double mixture = mixture(ratios[b], pi) * out;
            double common = counts[b] / (mixture * mixture);
            outMean += out * common * in;
            outSquare += out * common * in * common * in;
            inMean += in * common * out;
            inSquare += in * common * out * common * out;
        }
        double variance = (outSquare - outMean * outMean) / calibration.nonMembers()
                + (inSquare - inMean * inMean) / calibration.members();
        return 1 + Math.max(0, variance) / information;
    }
}
