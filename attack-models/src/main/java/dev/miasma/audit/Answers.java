// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import dev.miasma.dataset.PosteriorSet;
import dev.miasma.dataset.PosteriorTable;
import dev.miasma.posterior.PosteriorView;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A model's answers to records of known membership. The arrays are shared, not copied: treat them as constant.
 *
 * @param members answers to records of its training set
 * @param nonMembers answers to records outside it, of as many classes
 * @param memberRows the row of each member in the file it came from, counted from 1 without the header
 * @param nonMemberRows likewise of the non-members
 */
@SuppressWarnings("ArrayRecordComponent") // sets are large, and nobody compares them
public record Answers(PosteriorSet members, PosteriorSet nonMembers, int[] memberRows, int[] nonMemberRows) {

    public Answers {
        requireUsable("the audited model", members, nonMembers, 1);
        if (memberRows.length != members.size() || nonMemberRows.length != nonMembers.size()) {
            throw new IllegalArgumentException("rows are " + memberRows.length + " and " + nonMemberRows.length + "; "
                    + members.size() + " and " + nonMembers.size() + ", one a record, needed");
        }
    }

    /**
     * The answers of one file.
     *
     * @throws AuditException if it doesn't say who is a member, or has only members or only non-members
     */
    public static Answers of(PosteriorTable table) {
        boolean[] flags = table.membership()
                .orElseThrow(() -> new AuditException("no column 'member' says which rows are of the training set"));
        return new Answers(table.members(), table.nonMembers(), rows(flags, true), rows(flags, false));
    }

    /** The answers of two files, all rows of each. */
    public static Answers of(PosteriorSet members, PosteriorSet nonMembers) {
        return new Answers(
                members,
                nonMembers,
                IntStream.rangeClosed(1, members.size()).toArray(),
                IntStream.rangeClosed(1, nonMembers.size()).toArray());
    }

    /** The members, or the non-members. */
    public PosteriorSet side(boolean members) {
        return members ? this.members : nonMembers;
    }

    /** The rows of the members, or of the non-members. */
    public int[] rows(boolean members) {
        return members ? memberRows : nonMemberRows;
    }

    /** Number of classes. */
    public int classes() {
        return members.classes();
    }

    /** Whether the true class of every record is known. */
    public boolean labelled() {
        return labelled(members) && labelled(nonMembers);
    }

    static boolean labelled(PosteriorSet set) {
        return Arrays.stream(set.labels()).noneMatch(label -> label == PosteriorView.UNKNOWN);
    }

    static void requireUsable(String origin, PosteriorSet members, PosteriorSet nonMembers, int fewest) {
        if (members.size() < fewest || nonMembers.size() < fewest) {
            throw new AuditException(origin + " has " + members.size() + " members and " + nonMembers.size()
                    + " non-members; at least " + fewest + " each needed");
        }
        if (members.classes() != nonMembers.classes()) {
            throw new AuditException(origin + " has members of " + members.classes() + " classes and non-members of "
                    + nonMembers.classes() + "; as many needed");
        }
    }

    private static int[] rows(boolean[] flags, boolean member) {
        return IntStream.range(0, flags.length)
                .filter(i -> flags[i] == member)
                .map(i -> i + 1)
                .toArray();
    }
}
