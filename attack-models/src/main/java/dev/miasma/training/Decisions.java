// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.training;

import java.util.OptionalDouble;

/**
 * Decisions counted, members being the positives.
 *
 * @param truePositives members called members
 * @param falsePositives non-members called members
 * @param trueNegatives non-members called non-members
 * @param falseNegatives members called non-members
 */
public record Decisions(int truePositives, int falsePositives, int trueNegatives, int falseNegatives) {

    /** Nothing decided yet. */
    public static final Decisions NONE = new Decisions(0, 0, 0, 0);

    /** Counts one decision more. */
    public Decisions and(boolean member, boolean calledMember) {
        return new Decisions(
                truePositives + (member && calledMember ? 1 : 0),
                falsePositives + (!member && calledMember ? 1 : 0),
                trueNegatives + (!member && !calledMember ? 1 : 0),
                falseNegatives + (member && !calledMember ? 1 : 0));
    }

    /** Number of members. */
    public int members() {
        return truePositives + falseNegatives;
    }

    /** Number of non-members. */
    public int nonMembers() {
        return trueNegatives + falsePositives;
    }

    /** The share of members among those called so; absent if nobody is. It depends on how many members were asked. */
    public OptionalDouble precision() {
        return share(truePositives, truePositives + falsePositives);
    }

    /** The share of members called so; absent without members. */
    public OptionalDouble recall() {
        return share(truePositives, members());
    }

    /** The share of right decisions; absent without any. */
    public OptionalDouble accuracy() {
        return share(truePositives + trueNegatives, members() + nonMembers());
    }

    private static OptionalDouble share(int part, int whole) {
        return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of(part / (double) whole);
    }
}
