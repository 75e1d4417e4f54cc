// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import dev.miasma.attack.AttackModel;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.evaluation.LearntThreshold;
import dev.miasma.evaluation.ReferenceScores;
import dev.miasma.training.Scores;
import dev.miasma.training.ShadowTraining.Shadow;
import java.util.Optional;

/**
 * An attack whose score is that of an attack model, which is fitted on the reference as on a shadow.
 *
 * @param needsLabels whether it reads the true class; if not, it is kept from it
 * @param fit makes the model
 * @param byHeart whether the model may know records that it was fitted on better than others; the reference is then
 *     scored by models that were fitted without the record in question
 * @param ownThreshold why the model's own threshold holds; empty to learn one on the scores of the reference
 */
record ModelAttack(
        String name,
        String title,
        String source,
        boolean needsLabels,
        Fit fit,
        boolean byHeart,
        Optional<String> ownThreshold)
        implements AuditAttack {

    /** Makes an attack model; equal arguments make equal models. */
    @FunctionalInterface
    interface Fit {
        AttackModel fit(Shadow reference, long seed);
    }

    /** A model of a few parameters, which cannot know its reference by heart. */
    ModelAttack(String name, String title, String source, boolean needsLabels, Fit fit) {
        this(name, title, source, needsLabels, fit, false, Optional.empty());
    }

    ModelAttack learningByHeart() {
        return new ModelAttack(name, title, source, needsLabels, fit, true, ownThreshold);
    }

    ModelAttack withOwnThreshold(String reason) {
        return new ModelAttack(name, title, source, needsLabels, fit, byHeart, Optional.of(reason));
    }

    @Override
    public LearntAttack learn(Reference reference, long seed) {
        AttackModel model = fitted(reference, seed);
        ReferenceScores scores = byHeart
                ? CrossFit.scores(reference, seed, part -> scoring(fitted(part, seed)))
                : CrossFit.inSample(reference, scoring(model));
        LearntThreshold threshold = ownThreshold
                .map(reason -> LearntThreshold.byDefinition(model.threshold(), reason))
                .orElseGet(scores::balancedThreshold);
        return new Learnt(scoring(model), scores, threshold);
    }

    private AttackModel fitted(Reference reference, long seed) {
        return fit.fit(new Shadow(seen(reference.members()), seen(reference.nonMembers())), seed);
    }

    private Scoring scoring(AttackModel model) {
        return answers -> Scores.of(model, seen(answers));
    }

    private PosteriorSet seen(PosteriorSet answers) {
        return needsLabels ? answers : answers.withoutLabels();
    }

    private record Learnt(Scoring scoring, ReferenceScores reference, LearntThreshold threshold)
            implements LearntAttack {

        @Override
        public double[] scores(PosteriorSet answers) {
            return scoring.scores(answers);
        }
    }
}
