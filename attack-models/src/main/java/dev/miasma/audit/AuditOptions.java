// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

/**
 * How an audit is done.
 *
 * @param seed of folds, networks and bootstrap
 * @param resamples of the bootstrap; 0 for no intervals
 * @param prior share of members among the records an attacker asks about, in (0, 1): for the risk of single records
 */
public record AuditOptions(long seed, int resamples, double prior) {

    /** Most resamples: the tails of a 95 % interval are settled long before. */
    public static final int MOST_RESAMPLES = 100_000;

    /** Priors for which every audit gives the precision. */
    public static final double[] priors() {
        return new double[] {0.01, 0.1, 0.5};
    }

    public AuditOptions {
        if (resamples < 0 || resamples > MOST_RESAMPLES) {
            throw new AuditException("bootstrap resamples are " + resamples + "; 0 to " + MOST_RESAMPLES + " needed");
        }
        if (!(prior > 0 && prior < 1)) {
            throw new AuditException("prior is " + prior + "; between 0 and 1 needed");
        }
    }
}
