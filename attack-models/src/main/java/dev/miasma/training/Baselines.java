// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.training;

import dev.miasma.attack.AttackModel;
import dev.miasma.attack.LogisticAttack;
import dev.miasma.attack.PerClassAttack;
import dev.miasma.attack.ThresholdAttack;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.posterior.PosteriorFeature;
import dev.miasma.training.ShadowTraining.Shadow;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * The attacks to beat (Song and Mittal, "Systematic Evaluation of Privacy Risks of Machine Learning Models", 2021,
 * section 3): whether the answer is right, and thresholds on one statistic, learnt on a shadow model.
 */
public final class Baselines {

    /** The gap attack: whoever is answered rightly is a member (Yeom et al. 2018). It needs the true class. */
    public static final ThresholdAttack GAP = new ThresholdAttack(PosteriorFeature.CORRECTNESS, 1);

    private Baselines() {}

    /**
     * One threshold for all classes, where balanced accuracy on the shadow is best.
     *
     * @param statistic by Song and Mittal true-class confidence, negative entropy or negative modified entropy
     */
    public static ThresholdAttack global(PosteriorFeature statistic, Shadow shadow) {
        return fitted(statistic, shadow.in(), shadow.out());
    }

    /**
     * One threshold a class (Song and Mittal, section 3.2.2), learnt on the shadow's records of this class; a class
     * that has no member or no non-member there gets the global one.
     */
    public static PerClassAttack perClass(PosteriorFeature statistic, Shadow shadow) {
        return perClass(shadow, global(statistic, shadow), (in, out) -> fitted(statistic, in, out));
    }

    /**
     * The same for a learned attack: its weights stay, and each class gets a threshold of its own. What a class's
     * non-members score differs more between classes than between shadow and target.
     */
    public static PerClassAttack perClass(LogisticAttack attack, Shadow shadow) {
        return perClass(
                shadow,
                attack,
                (in, out) -> new LogisticAttack(
                        attack.features(), attack.weights(), attack.bias(), Scores.balancedThreshold(attack, in, out)));
    }

    private static PerClassAttack perClass(
            Shadow shadow, AttackModel fallback, BiFunction<PosteriorSet, PosteriorSet, AttackModel> fit) {
        SortedMap<Integer, AttackModel> members = new TreeMap<>();
        int classes = Math.max(shadow.in().classes(), shadow.out().classes());
        for (int c = 0; c < classes; c++) {
            PosteriorSet in = PosteriorSets.ofClass(shadow.in(), c);
            PosteriorSet out = PosteriorSets.ofClass(shadow.out(), c);
            if (in.size() > 0 && out.size() > 0) {
                members.put(c, fit.apply(in, out));
            }
        }
        return new PerClassAttack(members, fallback);
    }

    private static ThresholdAttack fitted(PosteriorFeature statistic, PosteriorSet in, PosteriorSet out) {
        ThresholdAttack untuned = new ThresholdAttack(statistic, 0);
        return new ThresholdAttack(statistic, Scores.balancedThreshold(untuned, in, out));
    }
}
