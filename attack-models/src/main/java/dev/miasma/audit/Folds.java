// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import dev.miasma.dataset.PosteriorSet;
import dev.miasma.dataset.Split;
import java.util.stream.IntStream;

/** Members and non-members dealt into folds by a seeded shuffle, each kind evenly. */
final class Folds {

    /** Folds where the sample allows it. */
    static final int USUAL = 5;

    private final Answers answers;
    private final int[] foldOfMember;
    private final int[] foldOfNonMember;
    private final int count;

    private Folds(Answers answers, int count, long seed) {
        this.answers = answers;
        this.count = count;
        foldOfMember = deal(answers.members().size(), count, seed);
        foldOfNonMember = deal(answers.nonMembers().size(), count, seed + 1);
    }

    /**
     * Deals.
     *
     * @throws AuditException if there is only one member or non-member
     */
    static Folds of(Answers answers, long seed) {
        int fewest = Math.min(answers.members().size(), answers.nonMembers().size());
        if (fewest < 2) {
            throw new AuditException(
                    "the audited model has " + answers.members().size() + " members and "
                            + answers.nonMembers().size()
                            + " non-members; without a shadow, at least 2 each needed: some to learn on, others to evaluate");
        }
        return new Folds(answers, Math.min(USUAL, fewest), seed);
    }

    int count() {
        return count;
    }

    /** What an attacker learns on who is then evaluated on a fold: all the other folds. */
    Reference without(int fold) {
        return new Reference(
                "the other " + (count - 1) + " of " + count + " folds",
                answers.members().subset(indices(foldOfMember, fold, false)),
                answers.nonMembers().subset(indices(foldOfNonMember, fold, false)));
    }

    /** The indices of a fold's members, or non-members. */
    int[] indices(int fold, boolean members) {
        return indices(members ? foldOfMember : foldOfNonMember, fold, true);
    }

    /** The answers of a fold's members, or non-members. */
    PosteriorSet answers(int fold, boolean members) {
        return answers.side(members).subset(indices(fold, members));
    }

    private static int[] deal(int records, int count, long seed) {
        int[] order = Split.shuffled(records, seed);
        int[] folds = new int[records];
        for (int i = 0; i < records; i++) {
            folds[order[i]] = i % count;
        }
        return folds;
    }

    private static int[] indices(int[] folds, int fold, boolean inside) {
        return IntStream.range(0, folds.length)
                .filter(i -> folds[i] == fold == inside)
                .toArray();
    }
}
