// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import dev.miasma.posterior.PosteriorFeature;
import dev.miasma.training.Baselines;
import dev.miasma.training.ShadowTraining;
import dev.miasma.training.TrainingOptions;
import java.time.LocalDate;
import java.util.List;

/** The attacks of every audit. */
public final class StandardAttacks {

    private static final String SONG = "Song and Mittal 2021, ";
    private static final String SALEM = "Salem et al. 2019 (ML-Leaks), ";
    private static final String ADVERSARY_3 =
            SALEM + "section V, adversary 3; threshold learnt as by Song and Mittal 2021";

    private StandardAttacks() {}

    /** In the order of a report: from the simplest to the strongest. */
    public static List<AuditAttack> all() {
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
                perClass(
                        "entropy-per-class",
                        "Entropy, a threshold a class",
                        SONG + "class-dependent thresholds",
                        PosteriorFeature.NEGATIVE_ENTROPY),
                statistic(
                        "confidence",
                        "Confidence in the true class",
                        "Yeom et al. 2018; threshold learnt as by Song and Mittal 2021",
                        PosteriorFeature.TRUE_CLASS_CONFIDENCE,
                        true),
                perClass(
                        "confidence-per-class",
                        "Confidence, a threshold a class",
                        SONG + "class-dependent thresholds",
                        PosteriorFeature.TRUE_CLASS_CONFIDENCE),
                statistic(
                        "modified-entropy",
                        "Modified entropy",
                        SONG + "equation 8",
                        PosteriorFeature.NEGATIVE_MODIFIED_ENTROPY,
                        true),
                perClass(
                        "modified-entropy-per-class",
                        "Modified entropy, a threshold a class",
                        SONG + "equation 8, class-dependent thresholds",
                        PosteriorFeature.NEGATIVE_MODIFIED_ENTROPY),
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
        return new ModelAttack(name, title, source, true, (shadow, seed) -> Baselines.perClass(statistic, shadow))
                .learningByHeart()
                .withOwnThreshold("a threshold a class, of highest balanced accuracy on its records");
    }

    /** Nothing of the audit keeps the day. */
    private static TrainingOptions options(long seed) {
        return TrainingOptions.of(seed, LocalDate.EPOCH);
    }
}
