// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import dev.miasma.attack.LogisticAttack;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.evaluation.ReferenceScores;
import dev.miasma.posterior.PosteriorFeature;
import dev.miasma.training.ShadowTraining;
import dev.miasma.training.TrainingOptions;
import java.time.LocalDate;
import java.util.List;

/**
 * A logistic regression fitted on the reference. With a handful of weights it can't learn the reference by heart, so it
 * scores the records it was fitted on as it would others.
 *
 * @param labelled whether it reads the true class
 */
record FittedAttack(
        String name, String title, String source, List<PosteriorFeature> features, double ridge, boolean labelled)
        implements AuditAttack {

    @Override
    public boolean needsLabels() {
        return labelled;
    }

    @Override
    public LearntAttack learn(Reference reference, long seed) {
        TrainingOptions options =
                TrainingOptions.of(seed, LocalDate.EPOCH).withFeatures(features).withRidge(ridge);
        LogisticAttack attack = ShadowTraining.fit(
                new ShadowTraining.Shadow(seen(reference.members()), seen(reference.nonMembers())), options);
        ReferenceScores scores = ReferenceScores.of(
                reference.origin(),
                FeatureScores.of(attack, seen(reference.members())),
                FeatureScores.of(attack, seen(reference.nonMembers())));
        return new LearntAttack() {
            @Override
            public double[] scores(PosteriorSet answers) {
                return FeatureScores.of(attack, seen(answers));
            }

            @Override
            public ReferenceScores reference() {
                return scores;
            }
        };
    }

    private PosteriorSet seen(PosteriorSet answers) {
        return labelled ? answers : answers.withoutLabels();
    }
}
