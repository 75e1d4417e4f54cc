// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import dev.miasma.decode.Prediction;
import dev.miasma.measure.Measures;
import dev.miasma.measure.ScoredAnswer;
import dev.miasma.posterior.PosteriorView;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Scores predictions by the attack model of their endpoint and version. Not thread-safe. */
public final class QueryScorer {
    /** W3C trace context: version, trace id, span id, flags. What is not one must not become a label of an exemplar. */
    private static final Pattern TRACE_CONTEXT =
            Pattern.compile("[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}.*");

    private final ByVersion<LoadedModel> models;
    private final TrainingChecks checks;
    private final WhatIf whatIf;
    private final Measures measures;
    private final PosteriorView view = new PosteriorView();

    /** A scorer that checks no training records and tries no defence. */
    public QueryScorer(AttackModels models, Measures measures) {
        this(models, TrainingChecks.none(), LiveDefences.none(), measures);
    }

    /**
     * @param models in force
     * @param checks of training records
     * @param defences to try on a sample of the answers
     * @param measures told of every answer
     */
    public QueryScorer(AttackModels models, TrainingChecks checks, LiveDefences defences, Measures measures) {
        this.models = new ByVersion<>(models, models::resolve);
        this.checks = checks;
        this.measures = measures;
        whatIf = new WhatIf(defences, models, measures);
    }

    /**
     * Scores one answer. An answer without a score still goes on where the query itself is known, for the sensors that
     * read that; null where there is nothing at all to go by. Either is counted.
     */
    public @Nullable ScoredQuery score(Prediction prediction) {
        AttackScore attack = attack(prediction);
        if (attack == null && !prediction.identified()) {
            return null;
        }
        return ScoredQuery.of(
                prediction,
                prediction.labelOnly() ? Float.NaN : (float) view.maxPosterior(),
                attack,
                checks.of(prediction));
    }

    private @Nullable AttackScore attack(Prediction prediction) {
        if (prediction.labelOnly()) {
            measures.unscorable(UnscorableReason.LABEL_ONLY.code());
            return null;
        }
        // Attack models are fitted and calibrated without the true class; reading it here would shift the null.
        view.set(prediction.posterior(), prediction.classes(), -1);
        LoadedModel attack = models.get(prediction.endpoint(), prediction.version());
        if (attack == null) {
            measures.unscorable(UnscorableReason.NO_MODEL.code());
            return null;
        }
        double score = attack.model.score(view);
        AttackScore scored = attack.of(score);
        measures.scored(answer(prediction, score, scored.flagged(), attack.nullShare));
        whatIf.consider(prediction);
        return scored;
    }

    private static ScoredAnswer answer(Prediction prediction, double score, boolean flagged, double nullShare) {
        String trace = prediction.traceparent();
        boolean traced = trace != null && TRACE_CONTEXT.matcher(trace).matches();
        return new ScoredAnswer(
                prediction.endpoint(),
                prediction.version(),
                score,
                flagged,
                nullShare,
                prediction.represents(),
                traced && trace != null ? trace.substring(3, 35) : null,
                traced && trace != null ? trace.substring(36, 52) : null);
    }
}
