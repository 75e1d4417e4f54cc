// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.evaluation;

/**
 * The risk of one record: the best precision that an attacker reaches with a threshold that still catches it. It is one
 * minus the q-value of Storey, "A direct approach to false discovery rates", 2002, the share of members among
 * the records asked about being given; compare the privacy risk score of Song and Mittal, "Systematic Evaluation of
 * Privacy Risks of Machine Learning Models", 2021, which bins scores where this ranks them.
 *
 * <p>At prior p, over the reference's thresholds t at or below a score s:
 *
 * <pre>risk(s) = max of p TPR(t) / (p TPR(t) + (1 - p) FPR(t)), FPR(t) = (1 + non-members at or above t) / (1 + n)</pre>
 *
 * <p>Counting one non-member more keeps a small sample from promising certainty. Never below p, and nondecreasing in
 * the score.
 */
public final class RiskScale {

    /** Descending. */
    private final double[] thresholds;

    private final double[] risks;
    private final double prior;

    private RiskScale(double[] thresholds, double[] risks, double prior) {
        this.thresholds = thresholds;
        this.risks = risks;
        this.prior = prior;
    }

    static RiskScale of(Roc roc, double prior) {
        Confusion.requirePrior(prior);
        double[] thresholds = new double[roc.points()];
        double[] risks = new double[roc.points()];
        double best = prior;
        for (int i = thresholds.length - 1; i >= 0; i--) {
            double fpr = (1 + roc.fpr(i) * roc.nonMembers()) / (1 + roc.nonMembers());
            double caught = prior * roc.tpr(i);
            best = Math.max(best, caught / (caught + (1 - prior) * fpr));
            thresholds[i] = roc.threshold(i);
            risks[i] = best;
        }
        return new RiskScale(thresholds, risks, prior);
    }

    /** The risk of a record of this score, from the prior up to below 1. */
    public double of(double score) {
        int low = 0;
        int high = thresholds.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (thresholds[middle] <= score) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low == thresholds.length ? prior : risks[low];
    }
}
