// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.evaluation;

import java.util.OptionalDouble;

/**
 * What an attack called whom; members are the positives.
 *
 * @param truePositives members called members
 * @param falseNegatives the other members
 * @param falsePositives non-members called members
 * @param trueNegatives the other non-members
 */
public record Confusion(int truePositives, int falseNegatives, int falsePositives, int trueNegatives) {

    public Confusion {
        if (truePositives < 0 || falseNegatives < 0 || falsePositives < 0 || trueNegatives < 0) {
            throw new IllegalArgumentException("confusion is " + truePositives + ", " + falseNegatives + ", "
                    + falsePositives + ", " + trueNegatives + "; at least 0 each needed");
        }
        if (truePositives + falseNegatives == 0 || falsePositives + trueNegatives == 0) {
            throw new IllegalArgumentException("confusion has " + (truePositives + falseNegatives) + " members and "
                    + (falsePositives + trueNegatives) + " non-members; at least 1 each needed");
        }
    }

    /** The share of right calls among all records. */
    public double accuracy() {
        return (truePositives + trueNegatives)
                / (double) (truePositives + falseNegatives + falsePositives + trueNegatives);
    }

    /** (TPR + TNR) / 2: the accuracy as if there were as many members as non-members. */
    public double balancedAccuracy() {
        return (1 + recall() - falsePositiveRate()) / 2;
    }

    /** The share of members among those called members, in this sample; absent if nobody was called. */
    public OptionalDouble precision() {
        int called = truePositives + falsePositives;
        return called == 0 ? OptionalDouble.empty() : OptionalDouble.of(truePositives / (double) called);
    }

    /** The true-positive rate: the share of members that were called members. */
    public double recall() {
        return truePositives / (double) (truePositives + falseNegatives);
    }

    /** The share of non-members that were called members. */
    public double falsePositiveRate() {
        return falsePositives / (double) (falsePositives + trueNegatives);
    }

    /**
     * The positive predictive value: the precision where a share {@code prior} of the records asked about are members;
     * absent if nobody was called.
     *
     * @param prior in (0, 1)
     */
    public OptionalDouble ppv(double prior) {
        requirePrior(prior);
        double caught = prior * recall();
        double wrong = (1 - prior) * falsePositiveRate();
        return caught + wrong == 0 ? OptionalDouble.empty() : OptionalDouble.of(caught / (caught + wrong));
    }

    /**
     * A precision in a sample carried over to a prior: both are increasing functions of TPR / FPR, so an interval's ends
     * carry over as they are.
     *
     * @param precision in [0, 1], in a sample of as many members and non-members as this
     * @param prior in (0, 1)
     */
    public double ppvOfPrecision(double precision, double prior) {
        requirePrior(prior);
        double members = truePositives + falseNegatives;
        double nonMembers = falsePositives + trueNegatives;
        double caught = prior * precision / members;
        double wrong = (1 - prior) * (1 - precision) / nonMembers;
        return caught / (caught + wrong);
    }

    static void requirePrior(double prior) {
        if (!(prior > 0 && prior < 1)) {
            throw new IllegalArgumentException("prior is " + prior + "; between 0 and 1 needed");
        }
    }
}
