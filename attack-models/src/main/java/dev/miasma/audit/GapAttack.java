// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import dev.miasma.dataset.PosteriorSet;
import dev.miasma.evaluation.LearntThreshold;
import dev.miasma.evaluation.ReferenceScores;
import dev.miasma.posterior.PosteriorView;

/** Whoever is answered rightly is a member: the baseline any other attack has to beat. It learns nothing. */
record GapAttack() implements AuditAttack {

    @Override
    public String name() {
        return "gap";
    }

    @Override
    public String title() {
        return "Gap attack (is the answer right?)";
    }

    @Override
    public String source() {
        return "Yeom et al. 2018; as a baseline: Song and Mittal 2021";
    }

    @Override
    public boolean needsLabels() {
        return true;
    }

    @Override
    public LearntAttack learn(Reference reference, long seed) {
        ReferenceScores scores = ReferenceScores.of(
                reference.origin(), correctness(reference.members()), correctness(reference.nonMembers()));
        return new LearntAttack() {
            @Override
            public double[] scores(PosteriorSet answers) {
                return correctness(answers);
            }

            @Override
            public ReferenceScores reference() {
                return scores;
            }

            @Override
            public LearntThreshold threshold() {
                return LearntThreshold.byDefinition(1, "right answers are called members");
            }
        };
    }

    private static double[] correctness(PosteriorSet answers) {
        PosteriorView view = new PosteriorView();
        double[] scores = new double[answers.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = view.set(answers.posteriors()[i], answers.classes(), answers.labels()[i])
                            .correct()
                    ? 1
                    : 0;
        }
        return scores;
    }
}
