// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import dev.miasma.dataset.PosteriorSet;
import dev.miasma.evaluation.Percent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * How many answers of the target are among the shadow's, number for number. Some may be by chance, where answers are
 * rounded; all of them means that the evaluation would be of what was learnt.
 *
 * @param shared of the target's answers
 * @param total the target's answers
 */
record Overlap(int shared, int total) {

    private static final double WORTH_A_NOTE = 0.1;

    static Overlap of(Reference shadow, Answers target) {
        Set<Integer> seen = new HashSet<>();
        for (PosteriorSet set : new PosteriorSet[] {shadow.members(), shadow.nonMembers()}) {
            for (double[] posterior : set.posteriors()) {
                seen.add(Arrays.hashCode(posterior));
            }
        }
        int shared = 0;
        for (PosteriorSet set : new PosteriorSet[] {target.members(), target.nonMembers()}) {
            for (double[] posterior : set.posteriors()) {
                shared += seen.contains(Arrays.hashCode(posterior)) ? 1 : 0;
            }
        }
        return new Overlap(shared, target.members().size() + target.nonMembers().size());
    }

    boolean all() {
        return shared == total;
    }

    Optional<String> note() {
        return shared <= WORTH_A_NOTE * total
                ? Optional.empty()
                : Optional.of(shared + " of " + total + " answers of the target are also among the shadow's, more than "
                        + Percent.of(WORTH_A_NOTE)
                        + ": either answers are rounded, or the evaluation is of what was learnt");
    }
}
