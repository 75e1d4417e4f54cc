// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

/**
 * Whether version b leaks more than version a, the one first seen before it: the 2 x 2 safe test of Turner, Ly and
 * Gr&uuml;nwald ("Generic E-variables for exact sequential k-sample tests that allow for optional stopping", 2021, arXiv
 * 2106.02693, section 2), one-sided. With k_a of n_a and k_b of n_b answers flagged in a step, and p_a, p_b the versions'
 * flag rates as estimated from earlier steps only,
 *
 * <pre>
 * E &lt;- E x Bernoulli(k_a, n_a; p_a) Bernoulli(k_b, n_b; p_b) / Bernoulli(k_a + k_b, n_a + n_b; p_0)
 * p_0 = (n_a p_a + n_b p_b) / (n_a + n_b),    p = (k + 0.18) / (n + 0.36)
 * </pre>
 *
 * <p>where p_b is above p_a, else E stays. The mean of the factor is f_a^n_a f_b^n_b, with f = 1 + (p_true - p_0) (p - p_0)
 * / (p_0 (1 - p_0)); at equal true rates the weighted mean of f_a and f_b is 1 by the choice of p_0, so the factor has mean
 * at most 1 at every common rate; and where b's true rate is lower, or a's higher, f_b and f_a are smaller still. Hence E is
 * an e-process for "b leaks no more than a": P(E is ever at or above c) &lt;= 1 / c, however the rates move from step to step
 * as long as b's is not above a's within one.
 *
 * <p>A step needs counts of both. Blocks are gathered until each side has at least one, whatever is in them, and are given
 * up when the other side stays away for an hour: how a step is made depends on numbers and times, never on flags. Mutable.
 */
final class VersionTest {
    /** Smoothing of the estimates: the Beta prior of the paper, section 4. */
    private static final double PRIOR = 0.18;

    private static final long LONGEST_GATHERING_MS = 60L * 60 * 1000;
    private static final double MOST_LOG = 690;

    /** Version a. */
    final String before;

    final Side a = new Side();
    final Side b = new Side();

    /** ln E. */
    double logEvidence;

    /** Whether some step compared flags of two attack models, whose cuts need not be alike. */
    boolean mixed;

    /** Whether there was an alarm; there is one for a pair. */
    boolean alarmed;

    /** Counts of one version. */
    static final class Side {
        /** Of the steps done. */
        long scored;

        long flagged;

        /** Of the step that is being gathered. */
        long nextScored;

        long nextFlagged;

        /** Event time of the first block of that step, milliseconds since 1970. */
        long nextSinceMillis;

        /** Attack model of that step. */
        String model = "";

        private void gather(LeakBlock block) {
            boolean tooOld = block.secondMillis() - nextSinceMillis > LONGEST_GATHERING_MS;
            if (nextScored == 0 || tooOld || !model.equals(block.modelId())) {
                nextScored = 0;
                nextFlagged = 0;
                nextSinceMillis = block.secondMillis();
                model = block.modelId();
            }
            nextScored += block.scored();
            nextFlagged += block.flagged();
        }

        private void finish() {
            scored += nextScored;
            flagged += nextFlagged;
            nextScored = 0;
            nextFlagged = 0;
        }

        private double rate() {
            return (flagged + PRIOR) / (scored + 2 * PRIOR);
        }

        EndpointAlert.Flagged counts() {
            return new EndpointAlert.Flagged(scored, flagged);
        }
    }

    VersionTest(String before) {
        this.before = before;
    }

    /**
     * Adds a block of one of the two versions.
     *
     * @param block with at least one scored first sight
     */
    void add(LeakBlock block) {
        (block.version().equals(before) ? a : b).gather(block);
        if (a.nextScored == 0 || b.nextScored == 0) {
            return;
        }
        if (Math.abs(a.nextSinceMillis - b.nextSinceMillis) > LONGEST_GATHERING_MS) {
            // The other side's counts are of another time: this one goes on alone.
            Side old = a.nextSinceMillis < b.nextSinceMillis ? a : b;
            old.nextScored = 0;
            old.nextFlagged = 0;
            return;
        }
        mixed |= !a.model.equals(b.model);
        logEvidence += logFactor(a.nextScored, a.nextFlagged, b.nextScored, b.nextFlagged, a.rate(), b.rate());
        a.finish();
        b.finish();
    }

    /** ln of a step's factor; rateA and rateB are p_a and p_b, in (0, 1). */
    static double logFactor(long scoredA, long flaggedA, long scoredB, long flaggedB, double rateA, double rateB) {
        if (rateB <= rateA) {
            return 0;
        }
        double pooled = (scoredA * rateA + scoredB * rateB) / (scoredA + scoredB);
        return flaggedA * Math.log(rateA / pooled)
                + (scoredA - flaggedA) * Math.log((1 - rateA) / (1 - pooled))
                + flaggedB * Math.log(rateB / pooled)
                + (scoredB - flaggedB) * Math.log((1 - rateB) / (1 - pooled));
    }

    /** E, or a number far above every threshold where it is larger. */
    double evidence() {
        return Math.exp(Math.min(MOST_LOG, logEvidence));
    }
}
