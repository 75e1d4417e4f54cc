// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import dev.miasma.dataset.PosteriorSet;
import dev.miasma.evaluation.LearntThreshold;
import dev.miasma.evaluation.ReferenceScores;
import dev.miasma.posterior.PosteriorFeature;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One statistic, one threshold a class (Song and Mittal, "Systematic Evaluation of Privacy Risks of Machine
 * Learning Models", 2021, class-dependent thresholds). The score is the statistic's distance from
 * the threshold of the record's true class, so the attack has a curve of its own. A class of which the reference lacks
 * members or non-members takes the threshold of all classes.
 */
record PerClassAttack(String name, String title, String source, PosteriorFeature statistic) implements AuditAttack {

    @Override
    public boolean needsLabels() {
        return true;
    }

    @Override
    public LearntAttack learn(Reference reference, long seed) {
        List<LearntThreshold> thresholds = thresholds(reference);
        ReferenceScores margins = ReferenceScores.of(
                reference.origin(),
                margins(reference.members(), thresholds),
                margins(reference.nonMembers(), thresholds));
        return new LearntAttack() {
            @Override
            public double[] scores(PosteriorSet answers) {
                return margins(answers, thresholds);
            }

            @Override
            public ReferenceScores reference() {
                return margins;
            }

            @Override
            public LearntThreshold threshold() {
                return LearntThreshold.ofMargins(thresholds);
            }
        };
    }

    private List<LearntThreshold> thresholds(Reference reference) {
        LearntThreshold ofAll = learn(reference.origin(), reference.members(), reference.nonMembers());
        LearntThreshold[] thresholds = new LearntThreshold[reference.members().classes()];
        for (int c = 0; c < thresholds.length; c++) {
            PosteriorSet in = ofClass(reference.members(), c);
            PosteriorSet out = ofClass(reference.nonMembers(), c);
            thresholds[c] = in.size() == 0 || out.size() == 0 ? ofAll : learn(reference.origin(), in, out);
        }
        return Arrays.asList(thresholds);
    }

    private LearntThreshold learn(String origin, PosteriorSet in, PosteriorSet out) {
        return ReferenceScores.of(origin, FeatureScores.of(statistic, in), FeatureScores.of(statistic, out))
                .balancedThreshold();
    }

    private double[] margins(PosteriorSet answers, List<LearntThreshold> thresholds) {
        double[] scores = FeatureScores.of(statistic, answers);
        for (int i = 0; i < scores.length; i++) {
            scores[i] -= thresholds.get(answers.labels()[i]).value();
        }
        return scores;
    }

    private static PosteriorSet ofClass(PosteriorSet set, int c) {
        return set.subset(
                IntStream.range(0, set.size()).filter(i -> set.labels()[i] == c).toArray());
    }
}
