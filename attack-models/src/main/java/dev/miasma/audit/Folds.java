// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import dev.miasma.dataset.PosteriorSet;
import dev.miasma.dataset.Split;
import java.util.List;
import java.util.stream.IntStream;

/** Members and non-members dealt into folds by a seeded shuffle, each kind evenly. */
final class Folds {

    /** Folds where the sample allows it. */
    static final int USUAL = 5;

    private final PosteriorSet members;
    private final PosteriorSet nonMembers;
    private final int[] foldOfMember;
    private final int[] foldOfNonMember;
    private final int count;

    private Folds(PosteriorSet members, PosteriorSet nonMembers, int count, long seed) {
        this.members = members;
        this.nonMembers = nonMembers;
        this.count = count;
        foldOfMember = deal(members.size(), count, seed);
        foldOfNonMember = deal(nonMembers.size(), count, seed + 1);
    }

    /**
     * Deals into {@value #USUAL} folds, or as many as there are of the rarer kind.
     *
     * @param origin whose answers they are, for people
     * @throws AuditException if there are fewer than 2 members or non-members
     */
    static Folds of(String origin, PosteriorSet members, PosteriorSet nonMembers, long seed) {
        Answers.requireUsable(origin, members, nonMembers, 2);
        return new Folds(members, nonMembers, Math.min(USUAL, Math.min(members.size(), nonMembers.size())), seed);
    }

    int count() {
        return count;
    }

    /** Each fold to evaluate, with all the others to learn on. */
    List<Part> parts() {
        return IntStream.range(0, count).mapToObj(this::part).toList();
    }

    private Part part(int fold) {
        int[] in = indices(foldOfMember, fold, true);
        int[] out = indices(foldOfNonMember, fold, true);
        Reference others = new Reference(
                "the other " + (count - 1) + " of " + count + " folds",
                members.subset(indices(foldOfMember, fold, false)),
                nonMembers.subset(indices(foldOfNonMember, fold, false)));
        return new Part(others, members.subset(in), in, nonMembers.subset(out), out);
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
