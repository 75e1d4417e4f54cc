// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import dev.miasma.decode.Prediction;
import dev.miasma.defense.OutputDefense;
import dev.miasma.measure.Measures;
import dev.miasma.measure.WhatIfAnswer;
import dev.miasma.posterior.PosteriorView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scores a sample of the answers as they would have been under each defence that is tried, by an attack calibrated for
 * that defence, so by an attacker who knows of it. An answer that is not sampled costs one hash. Not thread-safe.
 */
final class WhatIf {
    private static final double TWO_TO_53 = 0x1p53;

    private final List<OutputDefense> defences;
    private final long threshold;
    private final Measures measures;
    private final PosteriorView view = new PosteriorView();
    private final ByVersion<@Nullable LoadedModel[]> byVersion;
    private double[] defended = new double[128];

    WhatIf(LiveDefences live, AttackModels models, Measures measures) {
        defences = live.tried();
        threshold = (long) (live.sample() * TWO_TO_53);
        this.measures = measures;
        byVersion = new ByVersion<>(models, (endpoint, version) -> models(models, endpoint, version));
    }

    private @Nullable LoadedModel[] models(AttackModels models, String endpoint, String version) {
        @Nullable LoadedModel[] found = new LoadedModel[defences.size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = models.resolve(endpoint, version, defences.get(i).id());
        }
        return found;
    }

    /** Tries the defences on an answer with a posterior, if it is sampled. */
    void consider(Prediction prediction) {
        if (defences.isEmpty() || !sampled(prediction)) {
            return;
        }
        @Nullable LoadedModel[] models = byVersion.get(prediction.endpoint(), prediction.version());
        if (models == null) {
            return;
        }
        for (int i = 0; i < models.length; i++) {
            OutputDefense defence = defences.get(i);
            LoadedModel model = models[i];
            if (model == null) {
                measures.whatIfNoModel(defence.id());
            } else {
                measures.whatIf(answer(prediction, defence, model));
            }
        }
    }

    /**
     * By a hash, so that the same events are sampled when they are read again. The fingerprint is keyed: a client can't
     * see to it that its queries are left out.
     */
    boolean sampled(Prediction prediction) {
        long event = mix(((long) prediction.id().hashCode() << 32) ^ prediction.timeMillis());
        return mix(event ^ prediction.fingerprint()) >>> 11 < threshold;
    }

    private WhatIfAnswer answer(Prediction prediction, OutputDefense defence, LoadedModel model) {
        int classes = prediction.classes();
        if (defended.length < classes) {
            defended = new double[Math.max(classes, 2 * defended.length)];
        }
        defence.apply(prediction.posterior(), classes, defended);
        double score = model.model.score(view.set(defended, classes, -1));
        return new WhatIfAnswer(
                prediction.endpoint(),
                prediction.version(),
                defence.id(),
                model.calibration.flagged(score),
                model.nullShare);
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014). */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
