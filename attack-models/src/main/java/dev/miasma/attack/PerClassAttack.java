// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import dev.miasma.posterior.PosteriorFeature;
import dev.miasma.posterior.PosteriorView;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One attack a class (Shokri et al. 2017, section V.E), and one for all classes that have none of their own. The class
 * is the record's true one if it is known, else the predicted one.
 *
 * <p>The score is how far the class's attack is above its own threshold, so that this attack's threshold is 0 and each
 * class is judged by its own: with thresholds of one statistic inside, it is Song and Mittal's attack (2021, section
 * 3.2) as well.
 */
public final class PerClassAttack implements AttackModel {

    /** The kind's name in model files. */
    public static final String KIND = "per-class";

    /** The most classes with an attack of their own. */
    public static final int MOST_CLASSES = 10_000;

    private final SortedMap<Integer, AttackModel> members;
    private final AttackModel[] byClass;
    private final double[] thresholds;
    private final AttackModel fallback;
    private final double fallbackThreshold;

    /**
     * @param members the classes' own attacks by class, 0 to {@value #MOST_CLASSES} - 1; none may be per class itself,
     *     and all of them and the fall-back score in one unit: probabilities, or one and the same statistic
     * @param fallback for every other class
     * @throws IllegalArgumentException naming what is wrong
     */
    public PerClassAttack(SortedMap<Integer, AttackModel> members, AttackModel fallback) {
        this.members = new TreeMap<>(members);
        this.fallback = fallback;
        requireNotNested("fallback", fallback);
        int classes = members.isEmpty() ? 0 : members.lastKey() + 1;
        if (classes > MOST_CLASSES || (classes > 0 && members.firstKey() < 0)) {
            throw new IllegalArgumentException("classes are " + members.firstKey() + " to " + members.lastKey()
                    + "; 0 to " + (MOST_CLASSES - 1) + " needed");
        }
        byClass = new AttackModel[classes];
        thresholds = new double[classes];
        for (int c = 0; c < classes; c++) {
            @Nullable AttackModel member = this.members.get(c);
            if (member != null) {
                requireNotNested("class " + c, member);
                requireSameUnit(c, member);
            }
            byClass[c] = member == null ? fallback : member;
            thresholds[c] = byClass[c].threshold();
        }
        fallbackThreshold = fallback.threshold();
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** What any of the attacks inside reads. */
    @Override
    public List<PosteriorFeature> features() {
        Set<PosteriorFeature> all = EnumSet.copyOf(fallback.features());
        members.values().forEach(member -> all.addAll(member.features()));
        return List.copyOf(all);
    }

    @Override
    public double score(PosteriorView view) {
        int c = view.referenceClass();
        return c < byClass.length ? byClass[c].score(view) - thresholds[c] : fallback.score(view) - fallbackThreshold;
    }

    /** 0: each class's own threshold is taken off the score. */
    @Override
    public double threshold() {
        return 0;
    }

    /** The attacks of the classes that have their own; a copy. */
    public SortedMap<Integer, AttackModel> members() {
        return new TreeMap<>(members);
    }

    /**
     * The attack of a class: its own or the fall-back.
     *
     * @param c at least 0
     */
    public AttackModel attackOf(int c) {
        return c < byClass.length ? byClass[c] : fallback;
    }

    /** The attack of every other class. */
    public AttackModel fallback() {
        return fallback;
    }

    private static void requireNotNested(String name, AttackModel model) {
        if (model instanceof PerClassAttack) {
            throw new IllegalArgumentException(name + " is per class itself; another kind needed");
        }
    }

    private void requireSameUnit(int c, AttackModel member) {
        boolean same = (member instanceof ThresholdAttack own && fallback instanceof ThresholdAttack other)
                ? own.statistic() == other.statistic()
                : !(member instanceof ThresholdAttack) && !(fallback instanceof ThresholdAttack);
        if (!same) {
            throw new IllegalArgumentException(
                    "class " + c + " and the fall-back score in different units: probabilities"
                            + " for all, or one and the same statistic, needed");
        }
    }
}
