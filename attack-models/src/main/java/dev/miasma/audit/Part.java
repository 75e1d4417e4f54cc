// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import dev.miasma.dataset.PosteriorSet;
import java.util.stream.IntStream;

/**
 * Records to evaluate, and others to learn on for it.
 *
 * @param reference what the attacks learn on
 * @param members to evaluate
 * @param memberIndices the place of each among all members
 * @param nonMembers to evaluate
 * @param nonMemberIndices the place of each among all non-members
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier between two steps; nobody compares it
record Part(
        Reference reference,
        PosteriorSet members,
        int[] memberIndices,
        PosteriorSet nonMembers,
        int[] nonMemberIndices) {

    /** Everything, judged by what was learnt on a shadow. */
    static Part whole(Reference shadow, Answers target) {
        return new Part(
                shadow,
                target.members(),
                IntStream.range(0, target.members().size()).toArray(),
                target.nonMembers(),
                IntStream.range(0, target.nonMembers().size()).toArray());
    }

    PosteriorSet answers(boolean members) {
        return members ? this.members : nonMembers;
    }

    int[] indices(boolean members) {
        return members ? memberIndices : nonMemberIndices;
    }
}
