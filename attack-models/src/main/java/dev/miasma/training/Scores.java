// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.training;

import dev.miasma.attack.AttackModel;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.evaluation.Roc;
import dev.miasma.posterior.PosteriorView;

/** Attack scores of whole sets. */
public final class Scores {

    private Scores() {}

    /** One score a record, in order. */
    public static double[] of(AttackModel attack, PosteriorSet set) {
        PosteriorView view = new PosteriorView();
        double[] scores = new double[set.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = attack.score(view.set(set.posteriors()[i], set.classes(), set.labels()[i]));
        }
        return scores;
    }

    static Roc roc(AttackModel attack, PosteriorSet members, PosteriorSet nonMembers) {
        return Roc.of(of(attack, members), of(attack, nonMembers));
    }

    /** The threshold that an attacker learns on these records. */
    static double balancedThreshold(AttackModel attack, PosteriorSet members, PosteriorSet nonMembers) {
        return Roc.balancedThreshold(of(attack, members), of(attack, nonMembers));
    }
}
