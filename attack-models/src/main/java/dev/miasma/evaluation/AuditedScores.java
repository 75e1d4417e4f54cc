// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.evaluation;

import java.util.BitSet;
import java.util.Optional;

/**
 * Scores of the records under evaluation, each judged by a {@link Yardstick} that was learnt elsewhere. There is no way
 * to get a threshold out of it.
 */
public final class AuditedScores {

    private final double[][] scores;
    private final double[][] risks;
    private final boolean[][] called;
    private final Optional<boolean[][]> calledAtLowFpr;

    private AuditedScores(Builder builder) {
        scores = builder.scores;
        risks = builder.risks;
        called = builder.called;
        calledAtLowFpr = builder.lowFprKnown ? Optional.of(builder.calledAtLowFpr) : Optional.empty();
    }

    /**
     * Starts with no record judged.
     *
     * @param members at least 1
     * @param nonMembers at least 1
     */
    public static Builder builder(int members, int nonMembers) {
        return new Builder(members, nonMembers);
    }

    /** Number of members, or of non-members. */
    public int size(boolean members) {
        return of(scores, members).length;
    }

    /** A copy of the scores of the members, or of the non-members. */
    public double[] scores(boolean members) {
        return of(scores, members).clone();
    }

    /** The risk of a record; see {@link RiskScale}. */
    public double risk(boolean member, int index) {
        return of(risks, member)[index];
    }

    /** Whether a record was called a member. */
    public boolean called(boolean member, int index) {
        return of(called, member)[index];
    }

    /** The curve of the scores. */
    public Roc roc() {
        return Roc.of(of(scores, true), of(scores, false));
    }

    /** The calls, counted. */
    public Confusion confusion() {
        return count(called);
    }

    /** The calls of the careful attacker, counted; absent if the reference was too small for one. */
    public Optional<Confusion> confusionAtLowFpr() {
        return calledAtLowFpr.map(AuditedScores::count);
    }

    /** Both sides' scores, unshared with nobody: for the bootstrap. */
    double[] view(boolean members) {
        return of(scores, members);
    }

    private static Confusion count(boolean[][] calls) {
        int tp = count(calls[1]);
        int fp = count(calls[0]);
        return new Confusion(tp, calls[1].length - tp, fp, calls[0].length - fp);
    }

    private static int count(boolean[] flags) {
        int set = 0;
        for (boolean flag : flags) {
            set += flag ? 1 : 0;
        }
        return set;
    }

    private static double[] of(double[][] sides, boolean members) {
        return sides[members ? 1 : 0];
    }

    private static boolean[] of(boolean[][] sides, boolean members) {
        return sides[members ? 1 : 0];
    }

    /** Takes one judgement a record, in any order: under cross-validation each fold has a yardstick of its own. */
    public static final class Builder {

        private final double[][] scores;
        private final double[][] risks;
        private final boolean[][] called;
        private final boolean[][] calledAtLowFpr;
        private final BitSet[] judged = {new BitSet(), new BitSet()};
        private boolean lowFprKnown = true;

        private Builder(int members, int nonMembers) {
            if (members < 1 || nonMembers < 1) {
                throw new IllegalArgumentException("evaluation has " + members + " members and " + nonMembers
                        + " non-members; at least 1 each needed");
            }
            scores = new double[][] {new double[nonMembers], new double[members]};
            risks = new double[][] {new double[nonMembers], new double[members]};
            called = new boolean[][] {new boolean[nonMembers], new boolean[members]};
            calledAtLowFpr = new boolean[][] {new boolean[nonMembers], new boolean[members]};
        }

        /**
         * Judges a record.
         *
         * @param member its truth
         * @param index its place among the members, or the non-members
         * @param score finite
         * @throws IllegalArgumentException if the score isn't finite or the record has been judged before
         */
        public Builder judge(boolean member, int index, double score, Yardstick yardstick) {
            int side = member ? 1 : 0;
            if (!Double.isFinite(score)) {
                throw new IllegalArgumentException("score of " + (member ? "member " : "non-member ") + index + " is "
                        + score + "; a finite number needed");
            }
            if (judged[side].get(index)) {
                throw new IllegalArgumentException(
                        (member ? "member " : "non-member ") + index + " is judged twice; once needed");
            }
            judged[side].set(index);
            scores[side][index] = score;
            risks[side][index] = yardstick.risk().of(score);
            called[side][index] = yardstick.threshold().calls(score);
            lowFprKnown &= yardstick.lowFprThreshold().isPresent();
            calledAtLowFpr[side][index] =
                    yardstick.lowFprThreshold().map(t -> t.calls(score)).orElse(false);
            return this;
        }

        /**
         * The judged records.
         *
         * @throws IllegalStateException if one hasn't been judged
         */
        public AuditedScores build() {
            for (int side = 0; side < 2; side++) {
                if (judged[side].cardinality() != scores[side].length) {
                    throw new IllegalStateException(judged[side].cardinality() + " of " + scores[side].length
                            + (side == 1 ? " members" : " non-members") + " are judged; all needed");
                }
            }
            return new AuditedScores(this);
        }
    }
}
