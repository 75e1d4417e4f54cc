// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import dev.miasma.posterior.PosteriorFeature;
import dev.miasma.training.TrainingOptions;
import java.util.List;

/** The attacks of every audit. */
public final class StandardAttacks {

    private static final String SONG = "Song and Mittal 2021, ";
    private static final String SALEM = "Salem et al. 2019 (ML-Leaks), ";
    private static final String THRESHOLD = "; threshold learnt as by Song and Mittal 2021";

    private StandardAttacks() {}

    /** In the order of a report: from the simplest to the strongest. */
    public static List<AuditAttack> all() {
        return List.of(
                new GapAttack(),
                new StatisticAttack(
                        "max-posterior",
                        "Highest posterior",
                        SALEM + "section V, adversary 3" + THRESHOLD,
                        PosteriorFeature.MAX_POSTERIOR,
                        false),
                new StatisticAttack(
                        "standard-deviation",
                        "Standard deviation of the posterior",
                        SALEM + "section V, adversary 3" + THRESHOLD,
                        PosteriorFeature.STANDARD_DEVIATION,
                        false),
                new StatisticAttack(
                        "entropy",
                        "Entropy",
                        SALEM + "section V, adversary 3" + THRESHOLD,
                        PosteriorFeature.NEGATIVE_ENTROPY,
                        false),
                new PerClassAttack(
                        "entropy-per-class",
                        "Entropy, a threshold a class",
                        SONG + "class-dependent thresholds",
                        PosteriorFeature.NEGATIVE_ENTROPY),
                new StatisticAttack(
                        "confidence",
                        "Confidence in the true class",
                        "Yeom et al. 2018; threshold learnt as by Song and Mittal 2021",
                        PosteriorFeature.TRUE_CLASS_CONFIDENCE,
                        true),
                new PerClassAttack(
                        "confidence-per-class",
                        "Confidence, a threshold a class",
                        SONG + "class-dependent thresholds",
                        PosteriorFeature.TRUE_CLASS_CONFIDENCE),
                new StatisticAttack(
                        "modified-entropy",
                        "Modified entropy",
                        SONG + "equation 8",
                        PosteriorFeature.NEGATIVE_MODIFIED_ENTROPY,
                        true),
                new PerClassAttack(
                        "modified-entropy-per-class",
                        "Modified entropy, a threshold a class",
                        SONG + "equation 8, class-dependent thresholds",
                        PosteriorFeature.NEGATIVE_MODIFIED_ENTROPY),
                new FittedAttack(
                        "ml-leaks-adversary-1",
                        "ML-Leaks adversary 1, top 3, logistic",
                        SALEM + "section III, in logistic form",
                        TrainingOptions.TOP_3,
                        0,
                        false),
                new FittedAttack(
                        "learned-without-label",
                        "Miasma's learned attack, label unknown",
                        "logistic regression on log-space features of the posterior",
                        TrainingOptions.RICH,
                        TrainingOptions.RIDGE,
                        false),
                new FittedAttack(
                        "learned",
                        "Miasma's learned attack",
                        "logistic regression on log-space features of posterior and label",
                        TrainingOptions.RICH,
                        TrainingOptions.RIDGE,
                        true));
    }
}
