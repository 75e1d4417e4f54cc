// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import dev.miasma.dataset.PosteriorSet;
import dev.miasma.evaluation.LearntThreshold;
import dev.miasma.evaluation.ReferenceScores;

/** An attack that has learnt. Immutable. */
public interface LearntAttack {

    /**
     * The scores of answers, one a record: finite, and the higher, the more member-like.
     *
     * @param answers records x classes, of as many classes as the reference
     */
    double[] scores(PosteriorSet answers);

    /**
     * Scores of the reference, as they would be for records the attack hasn't seen. An attack that could learn the
     * reference by heart has to hold some of it back for this, or cross-fit.
     */
    ReferenceScores reference();

    /** Above it, a record is called a member. By default the one of highest balanced accuracy on the reference. */
    default LearntThreshold threshold() {
        return reference().balancedThreshold();
    }
}
