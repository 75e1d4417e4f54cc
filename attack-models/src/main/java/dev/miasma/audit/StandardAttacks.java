// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import dev.miasma.attack.NetworkAttack;
import dev.miasma.posterior.PosteriorFeature;
import dev.miasma.target.network.NetworkTrainer;
import dev.miasma.training.AttackFitter;
import dev.miasma.training.Baselines;
import dev.miasma.training.ShadowTraining;
import dev.miasma.training.ShokriTraining;
import dev.miasma.training.TrainingOptions;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/** The attacks of every audit. */
public final class StandardAttacks {

    private static final String SONG_BY_CLASS = "Song and Mittal 2021, class-dependent thresholds";
    private static final String SALEM = "Salem et al. 2019 (ML-Leaks), ";
    private static final String ADVERSARY_3 =
            SALEM + "section V, adversary 3; threshold learnt as by Song and Mittal 2021";

    private StandardAttacks() {}

    /**
     * In the order of a report. Where networks can't be trained, an audit leaves out the attacks that are some and says
     * so.
     */
    public static List<AuditAttack> all() {
        return all(new LazyNetworks());
    }

    /** The same with the attack networks trained by another trainer than {@link NetworkTrainer#load}. */
    public static List<AuditAttack> all(NetworkTrainer trainer) {
        return Stream.of(thresholds(), papers(new SteppedNetworkFit(trainer)), own())
                .flatMap(List::stream)
                .toList();
    }

    /** Whether the answer is right, and thresholds on statistics of the posterior. */
    private static List<AuditAttack> thresholds() {
        return List.of(
                gap(),
                statistic("max-posterior", "Highest posterior", ADVERSARY_3, PosteriorFeature.MAX_POSTERIOR, false),
                statistic(
                        "standard-deviation",
                        "Standard deviation of the posterior",
                        ADVERSARY_3,
                        PosteriorFeature.STANDARD_DEVIATION,
                        false),
                statistic("entropy", "Entropy", ADVERSARY_3, PosteriorFeature.NEGATIVE_ENTROPY, false),
                perClass("entropy-per-class", "Entropy", SONG_BY_CLASS, PosteriorFeature.NEGATIVE_ENTROPY),
                statistic(
                        "confidence",
                        "Confidence in the true class",
                        "Yeom et al. 2018; threshold learnt as by Song and Mittal 2021",
                        PosteriorFeature.TRUE_CLASS_CONFIDENCE,
                        true),
                perClass("confidence-per-class", "Confidence", SONG_BY_CLASS, PosteriorFeature.TRUE_CLASS_CONFIDENCE),
                statistic(
                        "modified-entropy",
                        "Modified entropy",
                        "Song and Mittal 2021, equation 8",
                        PosteriorFeature.NEGATIVE_MODIFIED_ENTROPY,
                        true),
                perClass(
                        "modified-entropy-per-class",
                        "Modified entropy",
                        "Song and Mittal 2021, equation 8, class-dependent thresholds",
                        PosteriorFeature.NEGATIVE_MODIFIED_ENTROPY));
    }

    /** What the two papers fit on a shadow's answers, in logistic form and with their networks. */
    private static List<AuditAttack> papers(AttackFitter network) {
        return List.of(
                new ModelAttack(
                        "ml-leaks-adversary-1",
                        "ML-Leaks adversary 1, top 3, logistic",
                        SALEM + "section III, in logistic form",
                        false,
                        (shadow, seed) -> ShadowTraining.fit(
                                shadow,
                                options(seed)
                                        .withFeatures(TrainingOptions.TOP_3)
                                        .withRidge(0))),
                new ModelAttack(
                                "ml-leaks-adversary-1-network",
                                "ML-Leaks adversary 1, top 3, network",
                                SALEM + "section III.A, network of " + NetworkAttack.PAPER_UNITS + " units",
                                false,
                                (shadow, seed) -> network.fit(
                                        shadow.in(), shadow.out(), options(seed).withFeatures(TrainingOptions.TOP_3)))
                        .learningByHeart(),
                shokri(
                        "shokri-per-class",
                        "Shokri's attack, one a class, logistic",
                        "in logistic form",
                        AttackFitter.logistic()),
                shokri(
                        "shokri-per-class-network",
                        "Shokri's attack, one a class, network",
                        "networks of " + NetworkAttack.PAPER_UNITS + " units",
                        network));
    }

    /** What {@code miasma train} fits, without the label and with it. */
    private static List<AuditAttack> own() {
        return List.of(
                new ModelAttack(
                        "learned-without-label",
                        "Miasma's learned attack, label unknown",
                        "logistic regression on log-space features of the posterior",
                        false,
                        (shadow, seed) -> ShadowTraining.fit(shadow, options(seed))),
                new ModelAttack(
                        "learned",
                        "Miasma's learned attack",
                        "logistic regression on log-space features of posterior and label",
                        true,
                        (shadow, seed) -> ShadowTraining.fit(shadow, options(seed))));
    }

    private static AuditAttack gap() {
        return new ModelAttack(
                        "gap",
                        "Gap attack (is the answer right?)",
                        "Yeom et al. 2018; as a baseline: Song and Mittal 2021",
                        true,
                        (shadow, seed) -> Baselines.GAP)
                .withOwnThreshold("right answers are called members");
    }

    private static AuditAttack statistic(
            String name, String title, String source, PosteriorFeature statistic, boolean labelled) {
        return new ModelAttack(name, title, source, labelled, (shadow, seed) -> Baselines.global(statistic, shadow));
    }

    /** A class's threshold is the score of one of its few records, so these know their reference by heart as well. */
    private static AuditAttack perClass(String name, String title, String source, PosteriorFeature statistic) {
        return new ModelAttack(
                        name,
                        title + ", a threshold a class",
                        source,
                        true,
                        (shadow, seed) -> Baselines.perClass(statistic, shadow))
                .learningByHeart()
                .withOwnThreshold("a threshold a class, of highest balanced accuracy on its records");
    }

    /** On one thread: the audit has others going. */
    private static AuditAttack shokri(String name, String title, String form, AttackFitter fitter) {
        return new ModelAttack(
                        name,
                        title,
                        "Shokri et al. 2017, sections V.B and V.E, with one shadow, " + form,
                        true,
                        (shadow, seed) -> ShokriTraining.fit(List.of(shadow), fitter, options(seed), 1))
                .learningByHeart();
    }

    /** Nothing of the audit keeps the day. */
    static TrainingOptions options(long seed) {
        return TrainingOptions.of(seed, LocalDate.EPOCH);
    }
}
