// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

/**
 * The exact confidence bounds of a binomial rate (Clopper and Pearson, "The use of confidence or fiducial limits
 * illustrated in the case of the binomial", 1934): BetaInv(1 - alpha; k + 1, n - k), the rate p at which k or fewer
 * successes in n trials have probability alpha.
 *
 * <p>Solved on the binomial tail, whose terms are all positive, and not through a Beta quantile: Smile's sums n logarithms
 * for each of its log gammas, which keeps nine digits and never ends for the trials a hostile file may claim. StrictMath
 * throughout, so that every machine finds the same bound.
 */
final class ClopperPearson {

    /** A term this small beside the sum no longer changes it. */
    private static final double NEGLIGIBLE = 1e-18;

    /** ln n! - ln(sqrt(2 pi n) (n / e)^n) for n = 0 to 15, where the series is not yet exact; 0 at 0 is unused. */
    private static final double[] STIRLING_ERRORS = stirlingErrors();

    private static final double SERIES_RATIO = 0.1;

    private ClopperPearson() {}

    /**
     * The upper bound.
     *
     * @param k successes, 0 to n
     * @param n trials, at least 1
     * @param alpha chance that the true rate is above the bound, in (0, 1)
     * @return a rate in (0, 1]; 1 if k = n
     */
    static double upperBound(long k, long n, double alpha) {
        if (k == n) {
            return 1;
        }
        double low = k / (double) n;
        double high = 1;
        double middle = (low + high) / 2;
        while (middle > low && middle < high) {
            if (tail(k, n, middle) > alpha) {
                low = middle;
            } else {
                high = middle;
            }
            middle = (low + high) / 2;
        }
        // The upper end: a bound may be a hair too wide, never too narrow.
        return high;
    }

    /**
     * The lower bound: what is left of 1 by the upper bound of the failures.
     *
     * @param k successes, 0 to n
     * @param n trials, at least 1
     * @param alpha chance that the true rate is below the bound, in (0, 1)
     * @return a rate in [0, 1); 0 if k = 0
     */
    static double lowerBound(long k, long n, double alpha) {
        return 1 - upperBound(n - k, n, alpha);
    }

    /** P(X <= k) for X binomial of n trials at rate p, p above k / n: the terms fall from k downwards. */
    private static double tail(long k, long n, double p) {
        double term = 1;
        double sum = 1;
        for (long i = k; i > 0 && term > NEGLIGIBLE * sum; i--) {
            term *= i * (1 - p) / ((n - i + 1.0) * p);
            sum += term;
        }
        return sum * probability((double) k, (double) n, p);
    }

    /** P(X = k), k below n, by saddle point (Loader, "Fast and Accurate Computation of Binomial Probabilities", 2000). */
    private static double probability(double k, double n, double p) {
        if (k == 0) {
            return StrictMath.exp(n * StrictMath.log1p(-p));
        }
        double others = n - k;
        double exponent = stirlingError(n)
                - stirlingError(k)
                - stirlingError(others)
                - deviance(k, n * p)
                - deviance(others, n * (1 - p));
        return StrictMath.exp(exponent) * Math.sqrt(n / (2 * Math.PI * k * others));
    }

    /** x ln(x / m) + m - x, by series where the plain form would cancel. */
    private static double deviance(double x, double m) {
        double difference = x - m;
        if (Math.abs(difference) >= SERIES_RATIO * (x + m)) {
            return x * StrictMath.log(x / m) + m - x;
        }
        double v = difference / (x + m);
        double sum = difference * v;
        double power = 2 * x * v;
        for (int j = 3; j < 1000; j += 2) {
            power *= v * v;
            double next = sum + power / j;
            if (next == sum) {
                break;
            }
            sum = next;
        }
        return sum;
    }

    private static double stirlingError(double n) {
        if (n < STIRLING_ERRORS.length) {
            return STIRLING_ERRORS[(int) n];
        }
        double square = n * n;
        return (1 / 12.0 - (1 / 360.0 - (1 / 1260.0 - (1 / 1680.0 - 1 / 1188.0 / square) / square) / square) / square)
                / n;
    }

    private static double[] stirlingErrors() {
        double[] errors = new double[16];
        double factorial = 1;
        for (int n = 1; n < errors.length; n++) {
            factorial *= n;
            errors[n] = StrictMath.log(factorial) - (n + 0.5) * StrictMath.log(n) + n - StrictMath.log(2 * Math.PI) / 2;
        }
        return errors;
    }
}
