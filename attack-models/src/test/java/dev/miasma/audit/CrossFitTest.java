// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.evaluation.ReferenceScores;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CrossFitTest {

    private static final Reference SHADOW = Samples.shadow(10, 23);

    @Test
    void no_record_is_scored_by_an_attack_that_has_seen_it() {
        ReferenceScores inSample = CrossFit.inSample(SHADOW, byHeart(SHADOW));
        ReferenceScores crossFitted = CrossFit.scores(SHADOW, 1, CrossFitTest::byHeart);

        assertThat(inSample.balancedThreshold().calls(0)).isFalse();
        assertThat(crossFitted.balancedThreshold().calls(0)).isTrue();
        assertThat(crossFitted.balancedThreshold().origin())
                .isEqualTo("highest balanced accuracy on the shadow, cross-fitted in 5 folds");
    }

    @Test
    void an_attack_that_learns_by_heart_is_cross_fitted() {
        ModelAttack attack = (ModelAttack) StandardAttacks.all().stream()
                .filter(a -> a.name().equals("shokri-per-class"))
                .findFirst()
                .orElseThrow();

        LearntAttack learnt = attack.learn(Samples.shadow(10, 100), 1);

        assertThat(learnt.reference().origin()).isEqualTo("the shadow, cross-fitted in 5 folds");
        assertThat(learnt.threshold().origin()).endsWith("the shadow, cross-fitted in 5 folds");
    }

    /** 1 for members it has seen, 0 for everybody else. */
    private static Scoring byHeart(Reference seen) {
        Set<double[]> known = Collections.newSetFromMap(new IdentityHashMap<>());
        Collections.addAll(known, seen.members().posteriors());
        return answers -> Arrays.stream(answers.posteriors())
                .mapToDouble(p -> known.contains(p) ? 1 : 0)
                .toArray();
    }
}
