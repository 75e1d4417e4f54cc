// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.evaluation;

import java.util.Optional;

/**
 * Scores of records whose membership the attacker knows: a shadow model's, or a reserve of the audited model's that is
 * not evaluated. Thresholds and risk scales are learnt here and nowhere else.
 */
public final class ReferenceScores {

    private final String origin;
    private final double[] members;
    private final double[] nonMembers;
    private final Roc roc;

    private ReferenceScores(String origin, double[] members, double[] nonMembers) {
        this.origin = origin;
        this.members = members;
        this.nonMembers = nonMembers;
        roc = Roc.of(members, nonMembers);
    }

    /**
     * Scores to learn from.
     *
     * @param origin what they are, for people: "the shadow", "the other 4 of 5 folds"
     * @param members at least one finite score
     * @param nonMembers at least one finite score
     * @throws IllegalArgumentException if a sample is empty or a score isn't finite
     */
    public static ReferenceScores of(String origin, double[] members, double[] nonMembers) {
        return new ReferenceScores(origin, members.clone(), nonMembers.clone());
    }

    /** What the scores are, for people. */
    public String origin() {
        return origin;
    }

    /** The score that maximises (TPR + TNR) / 2 here: {@link Roc#balancedThreshold}. */
    public LearntThreshold balancedThreshold() {
        return new LearntThreshold(
                Roc.balancedThreshold(members, nonMembers), "highest balanced accuracy on " + origin);
    }

    /**
     * The lowest score whose false-positive rate here is at most {@code fpr}; absent where there is none, or where fewer
     * than one non-member is expected above it.
     *
     * @param fpr nominal false-positive rate, in [0, 1]
     */
    public Optional<LearntThreshold> thresholdAt(double fpr) {
        if (roc.resolvableTprAt(fpr).isEmpty()) {
            return Optional.empty();
        }
        int last = -1;
        while (last + 1 < roc.points() && roc.fpr(last + 1) <= fpr) {
            last++;
        }
        return last < 0
                ? Optional.empty()
                : Optional.of(new LearntThreshold(
                        roc.threshold(last), "false-positive rate of at most " + fpr + " on " + origin));
    }

    /** What a score says about one record, at a prior in (0, 1). */
    public RiskScale riskScale(double prior) {
        return RiskScale.of(roc, prior);
    }

    /**
     * Everything the evaluated records are judged by.
     *
     * @param threshold decides who is called a member
     * @param prior share of members among the records an attacker asks about, in (0, 1)
     */
    public Yardstick yardstick(LearntThreshold threshold, double prior) {
        return new Yardstick(threshold, thresholdAt(Yardstick.LOW_FPR), riskScale(prior));
    }
}
