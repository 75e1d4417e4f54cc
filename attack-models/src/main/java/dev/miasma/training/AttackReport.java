// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.training;

import dev.miasma.attack.AttackModel;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.evaluation.Roc;
import dev.miasma.posterior.PosteriorView;
import java.util.Arrays;
import java.util.List;

/**
 * How an attack decides, over all classes and class by class (Shokri et al. 2017, section VII, report both).
 *
 * @param overall decisions at the attack's own threshold
 * @param byClass the same of each class: the true one where it is known, else the predicted one
 * @param roc over all thresholds
 */
public record AttackReport(Decisions overall, List<Decisions> byClass, Roc roc) {

    public AttackReport {
        byClass = List.copyOf(byClass);
    }

    /**
     * Judges an attack on answers it wasn't fitted on.
     *
     * @param members at least one answer
     * @param nonMembers at least one answer
     */
    public static AttackReport of(AttackModel attack, PosteriorSet members, PosteriorSet nonMembers) {
        Decisions[] byClass = new Decisions[Math.max(members.classes(), nonMembers.classes())];
        Arrays.fill(byClass, Decisions.NONE);
        Decisions overall = count(attack, members, true, Decisions.NONE, byClass);
        overall = count(attack, nonMembers, false, overall, byClass);
        return new AttackReport(overall, Arrays.asList(byClass), Scores.roc(attack, members, nonMembers));
    }

    private static Decisions count(
            AttackModel attack, PosteriorSet set, boolean member, Decisions overall, Decisions[] byClass) {
        PosteriorView view = new PosteriorView();
        Decisions sum = overall;
        for (int i = 0; i < set.size(); i++) {
            view.set(set.posteriors()[i], set.classes(), set.labels()[i]);
            boolean called = attack.score(view) >= attack.threshold();
            int c = view.referenceClass();
            byClass[c] = byClass[c].and(member, called);
            sum = sum.and(member, called);
        }
        return sum;
    }
}
