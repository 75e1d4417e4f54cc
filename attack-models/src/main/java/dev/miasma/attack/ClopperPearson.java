// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import smile.math.special.Beta;

/**
 * The exact upper confidence bound of a binomial rate (Clopper and Pearson, "The use of confidence or fiducial limits
 * illustrated in the case of the binomial", 1934).
 */
final class ClopperPearson {

    private static final double ROUNDING = 1e-12;

    private ClopperPearson() {}

    /**
     * BetaInv(1 - alpha; k + 1, n - k): the rate at which k or fewer of n have probability alpha. Good to nine digits.
     *
     * @param k successes, 0 to n
     * @param n trials, at least 1
     * @param alpha chance that the true rate is above the bound, in (0, 1)
     * @return a rate in (0, 1]; 1 if k = n
     */
    static double upperBound(int k, int n, double alpha) {
        if (k == n) {
            return 1;
        }
        double a = k + 1.0;
        double b = (double) n - k;
        double level = 1 - alpha;
        double guess = Beta.inverseRegularizedIncompleteBetaFunction(a, b, level);
        if (Math.abs(Beta.regularizedIncompleteBetaFunction(a, b, guess) - level) <= ROUNDING * alpha) {
            return guess;
        }
        return bisect(a, b, level);
    }

    /** Smile's Newton steps stop at a fixed number; where they fell short, the slow sure way. */
    private static double bisect(double a, double b, double level) {
        double low = 0;
        double high = 1;
        double middle = 0.5;
        while (middle > low && middle < high) {
            if (Beta.regularizedIncompleteBetaFunction(a, b, middle) < level) {
                low = middle;
            } else {
                high = middle;
            }
            middle = (low + high) / 2;
        }
        return high;
    }
}
