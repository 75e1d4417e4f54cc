// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import dev.miasma.evaluation.ReferenceScores;
import java.util.function.Function;

/**
 * Scores of the reference. What learns by heart scores the records it has seen unlike all others, and a threshold learnt
 * on such scores would fit nobody else: cross-fitted, each record is scored by an attack that hasn't seen it.
 */
final class CrossFit {

    private CrossFit() {}

    /** Scores by an attack that was fitted on these very records. */
    static ReferenceScores inSample(Reference reference, Scoring attack) {
        return ReferenceScores.of(
                reference.origin(), attack.scores(reference.members()), attack.scores(reference.nonMembers()));
    }

    /**
     * Scores by as many attacks as there are folds.
     *
     * @param seed of the folds
     * @param fit learns on all folds but one
     * @throws AuditException if there are fewer than 2 members or non-members
     */
    static ReferenceScores scores(Reference reference, long seed, Function<Reference, Scoring> fit) {
        Folds folds = Folds.of(reference.origin(), reference.members(), reference.nonMembers(), seed);
        double[] members = new double[reference.members().size()];
        double[] nonMembers = new double[reference.nonMembers().size()];
        for (Part part : folds.parts()) {
            Scoring attack = fit.apply(part.reference());
            scatter(attack, part, true, members);
            scatter(attack, part, false, nonMembers);
        }
        return ReferenceScores.of(
                reference.origin() + ", cross-fitted in " + folds.count() + " folds", members, nonMembers);
    }

    private static void scatter(Scoring attack, Part part, boolean members, double[] all) {
        double[] scores = attack.scores(part.answers(members));
        int[] indices = part.indices(members);
        for (int i = 0; i < scores.length; i++) {
            all[indices[i]] = scores[i];
        }
    }
}
