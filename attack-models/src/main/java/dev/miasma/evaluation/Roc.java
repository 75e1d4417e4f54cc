// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.evaluation;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * The receiver operating characteristic of an attack score, members being the positives: a record is called a member
 * when its score is at or above a threshold.
 *
 * <p>Tied scores move together. The area counts a tie as half (Mann-Whitney). The true-positive rate at a false-positive
 * rate is the headline number since Carlini et al., "Membership Inference Attacks From First Principles", 2022.
 */
public final class Roc {

    private final int members;
    private final int nonMembers;
    /** Thresholds, descending; entry i calls truePositives[i] members and falsePositives[i] non-members. */
    private final double[] thresholds;

    private final int[] truePositives;
    private final int[] falsePositives;
    private final double auc;

    private Roc(double[] memberScores, double[] nonMemberScores) {
        members = memberScores.length;
        nonMembers = nonMemberScores.length;
        double[] in = sorted(memberScores);
        double[] out = sorted(nonMemberScores);
        double[] cuts = new double[members + nonMembers];
        int[] tp = new int[cuts.length];
        int[] fp = new int[cuts.length];
        int points = 0;
        int i = members;
        int j = nonMembers;
        long doubledWins = 0;
        while (i > 0 || j > 0) {
            double cut = Math.max(i > 0 ? in[i - 1] : -Double.MAX_VALUE, j > 0 ? out[j - 1] : -Double.MAX_VALUE);
            int inBefore = i;
            int outBefore = j;
            while (i > 0 && in[i - 1] >= cut) {
                i--;
            }
            while (j > 0 && out[j - 1] >= cut) {
                j--;
            }
            // A member beats every lower non-member and half of the equal ones; doubled to stay exact.
            doubledWins += (long) (inBefore - i) * (2L * j + (outBefore - j));
            cuts[points] = cut;
            tp[points] = members - i;
            fp[points++] = nonMembers - j;
        }
        auc = doubledWins / (2.0 * members * nonMembers);
        thresholds = Arrays.copyOf(cuts, points);
        truePositives = Arrays.copyOf(tp, points);
        falsePositives = Arrays.copyOf(fp, points);
    }

    /**
     * The characteristic of two samples of scores.
     *
     * @param memberScores at least one finite score
     * @param nonMemberScores at least one finite score
     * @throws IllegalArgumentException if a sample is empty or a score isn't finite
     */
    public static Roc of(double[] memberScores, double[] nonMemberScores) {
        requireScores("member scores", memberScores);
        requireScores("non-member scores", nonMemberScores);
        return new Roc(memberScores, nonMemberScores);
    }

    /** Number of members. */
    public int members() {
        return members;
    }

    /** Number of non-members. */
    public int nonMembers() {
        return nonMembers;
    }

    /** The area under the curve: the chance that a member scores above a non-member, a tie counted as half. */
    public double auc() {
        return auc;
    }

    /**
     * The largest true-positive rate over the thresholds whose false-positive rate is at most {@code fpr}; 0 if even
     * the highest threshold has a higher one.
     *
     * @param fpr in [0, 1]
     */
    public double tprAt(double fpr) {
        if (!(fpr >= 0 && fpr <= 1)) {
            throw new IllegalArgumentException("false-positive rate is " + fpr + "; 0 to 1 needed");
        }
        double best = 0;
        for (int i = 0; i < thresholds.length && falsePositives[i] / (double) nonMembers <= fpr; i++) {
            best = truePositives[i] / (double) members;
        }
        return best;
    }

    /**
     * {@link #tprAt}, absent where the sample is too small to say: fewer than one non-member is expected above the
     * threshold.
     */
    public OptionalDouble resolvableTprAt(double fpr) {
        return nonMembers * fpr >= 1 ? OptionalDouble.of(tprAt(fpr)) : OptionalDouble.empty();
    }

    /**
     * The true-positive rate at a false-positive rate of an attacker who tells equal scores apart by chance: between two
     * points the curve is a straight line. Where many scores are equal, {@link #tprAt} is 0 merely because a block of
     * them can't be called in part.
     *
     * @param fpr in [0, 1]
     */
    public double randomisedTprAt(double fpr) {
        double before = 0;
        double tprBefore = tprAt(fpr);
        for (int i = 0; i < thresholds.length; i++) {
            if (fpr(i) > fpr) {
                return tprBefore + (tpr(i) - tprBefore) * (fpr - before) / (fpr(i) - before);
            }
            before = fpr(i);
        }
        return tprBefore;
    }

    /** The largest (TPR + TNR) / 2 over all thresholds, "nobody" included: at least 0.5. */
    public double bestBalancedAccuracy() {
        double best = 0.5;
        for (int i = 0; i < thresholds.length; i++) {
            best = Math.max(best, balancedAccuracy(i));
        }
        return best;
    }

    /** Number of points of the curve, one a distinct score; the corner (0, 0) isn't among them. */
    public int points() {
        return thresholds.length;
    }

    /** The threshold of a point; points go from the highest threshold to the lowest. */
    public double threshold(int point) {
        return thresholds[point];
    }

    /** The true-positive rate of a point. */
    public double tpr(int point) {
        return truePositives[point] / (double) members;
    }

    /** The false-positive rate of a point. */
    public double fpr(int point) {
        return falsePositives[point] / (double) nonMembers;
    }

    /**
     * The score that, taken as threshold, maximises (TPR + TNR) / 2: the threshold an attacker learns on a shadow
     * model. Among equally good ones it is the first in the order members, then non-members, as given.
     */
    public static double balancedThreshold(double[] memberScores, double[] nonMemberScores) {
        Roc roc = of(memberScores, nonMemberScores);
        long best = Long.MIN_VALUE;
        for (int i = 0; i < roc.thresholds.length; i++) {
            best = Math.max(best, roc.balance(i));
        }
        for (double[] scores : new double[][] {memberScores, nonMemberScores}) {
            for (double score : scores) {
                if (roc.balance(roc.pointOf(score)) == best) {
                    return score;
                }
            }
        }
        throw new AssertionError("the best threshold is one of the scores");
    }

    private double balancedAccuracy(int point) {
        return (1 + tpr(point) - fpr(point)) / 2;
    }

    /** TPR - FPR times members times non-members: an integer, so that equally good thresholds compare equal. */
    private long balance(int point) {
        return (long) truePositives[point] * nonMembers - (long) falsePositives[point] * members;
    }

    private int pointOf(double score) {
        int low = 0;
        int high = thresholds.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (thresholds[middle] <= score) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static double[] sorted(double[] scores) {
        double[] copy = scores.clone();
        Arrays.sort(copy);
        return copy;
    }

    private static void requireScores(String name, double[] scores) {
        if (scores.length == 0) {
            throw new IllegalArgumentException(name + " are empty; at least 1 needed");
        }
        for (int i = 0; i < scores.length; i++) {
            if (!Double.isFinite(scores[i])) {
                throw new IllegalArgumentException(name + "[" + i + "] is " + scores[i] + "; a finite number needed");
            }
        }
    }
}
