// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.defense;

import dev.miasma.attack.AttackModel;
import dev.miasma.dataset.PosteriorSet;
import java.util.List;
import java.util.function.Supplier;

/**
 * A change to a model's answer before it leaves: a pure function of the posterior, so asking again gives nothing new.
 * Immutable and thread-safe.
 */
public interface OutputDefense {

    /** What an audit tries unless told otherwise: the mitigations of Shokri et al. 2017, section VIII, and MemGuard. */
    List<String> DEFAULTS =
            List.of("top3", "top1", "round3", "round1", "temperature5", "temperature20", "label", "memguard");

    /** What {@link #parse} makes this defence of again: "top3", "round2", "top3+round2". */
    String id();

    /** For people, within a sentence. */
    String title();

    /** Who described it: paper and section. */
    String source();

    /**
     * Changes one answer. The predicted class, the first of the highest, stays what it was.
     *
     * @param posterior a valid posterior; entries from {@code classes} on are ignored
     * @param classes number of classes, at least 1
     * @param out takes a valid posterior, at least {@code classes} long; may be {@code posterior} itself
     */
    void apply(double[] posterior, int classes, double[] out);

    /** Changes every answer of a set; labels stay, and so does the set given. */
    default PosteriorSet apply(PosteriorSet answers) {
        double[][] changed = new double[answers.size()][answers.classes()];
        for (int i = 0; i < changed.length; i++) {
            apply(answers.posteriors()[i], answers.classes(), changed[i]);
        }
        return new PosteriorSet(changed, answers.labels());
    }

    /**
     * The defence of a name: topK, roundD, temperatureT, label, or several of them joined by "+", done from left to
     * right.
     *
     * @throws IllegalArgumentException naming what is wrong and what is needed; also for memguard, which needs the other
     *     {@link #parse(String, Supplier, long)}
     */
    static OutputDefense parse(String spec) {
        return parse(
                spec,
                () -> {
                    throw new IllegalArgumentException(
                            "defence is '" + spec + "'; memguard needs a surrogate attack, learnt on a shadow");
                },
                0);
    }

    /**
     * The defence of a name, of which memguard, or memguardE for a distortion budget E, may be one.
     *
     * @param surrogate asked for the attack that memguard defends against; its score has to be a probability
     * @param key of the hash that decides which answers memguard changes; whoever knows it can tell them
     * @throws IllegalArgumentException naming what is wrong and what is needed
     */
    static OutputDefense parse(String spec, Supplier<? extends AttackModel> surrogate, long key) {
        return DefenseParser.parse(spec, surrogate, key);
    }

    /**
     * Refuses a name that isn't one, before anything is learnt for it.
     *
     * @throws IllegalArgumentException naming what is wrong and what is needed
     */
    static void requireKnown(String spec) {
        DefenseParser.parse(spec, DefenseParser::anySurrogate, 0);
    }
}
