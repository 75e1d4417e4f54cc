// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import dev.miasma.dataset.PosteriorSet;
import dev.miasma.evaluation.ReferenceScores;
import dev.miasma.posterior.PosteriorFeature;

/** One statistic of the posterior, one threshold for all, learnt on the reference. */
record StatisticAttack(String name, String title, String source, PosteriorFeature statistic, boolean needsLabels)
        implements AuditAttack {

    @Override
    public LearntAttack learn(Reference reference, long seed) {
        ReferenceScores scores = ReferenceScores.of(
                reference.origin(),
                FeatureScores.of(statistic, reference.members()),
                FeatureScores.of(statistic, reference.nonMembers()));
        return new LearntAttack() {
            @Override
            public double[] scores(PosteriorSet answers) {
                return FeatureScores.of(statistic, answers);
            }

            @Override
            public ReferenceScores reference() {
                return scores;
            }
        };
    }
}
