// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import dev.miasma.posterior.PosteriorFeature;
import dev.miasma.posterior.PosteriorView;
import java.util.List;

/**
 * A membership-inference attack model: one posterior in, one score out. Immutable and thread-safe; scoring allocates
 * nothing.
 */
public sealed interface AttackModel permits ThresholdAttack, LogisticAttack, NetworkAttack, PerClassAttack {

    /** The kind's name in model files; never changes. */
    String kind();

    /** What the model reads from a posterior, in order. */
    List<PosteriorFeature> features();

    /** The attack score: finite, and the higher, the more member-like. */
    double score(PosteriorView view);

    /** A record is called a member when its score is at or above this. */
    double threshold();
}
