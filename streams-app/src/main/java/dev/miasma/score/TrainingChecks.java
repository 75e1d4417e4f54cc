// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import dev.miasma.decode.Prediction;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks the filter of training records about queries. A benign query hits with chance p0 because its record is one of
 * them, and else with the filter's false-positive rate f, so the null is p0 + (1 - p0) f. Not thread-safe.
 */
public final class TrainingChecks {
    /** Filters remembered, those that are no longer in force included; beyond that the memory starts anew. */
    private static final int MAX_REMEMBERED = 1000;

    private final TrainingFilters filters;
    private final double nullShare;
    private final IdentityHashMap<TrainingFilter, Map<Boolean, TrainingCheck>> outcomes = new IdentityHashMap<>();

    /**
     * @param filters in force
     * @param nullShare p0: most of a benign client's new queries that are about training records
     */
    public TrainingChecks(TrainingFilters filters, double nullShare) {
        this.filters = filters;
        this.nullShare = nullShare;
    }

    /** Checks nothing. */
    public static TrainingChecks none() {
        return new TrainingChecks(TrainingFilters.none(), 0.5);
    }

    /** What the filter says of a query; null without a filter for its endpoint, or where the event has no features. */
    @Nullable
    TrainingCheck of(Prediction prediction) {
        if (!prediction.hasRecordHash()) {
            return null;
        }
        TrainingFilter filter = filters.resolve(prediction.endpoint(), prediction.version());
        if (filter == null) {
            return null;
        }
        Map<Boolean, TrainingCheck> known = outcomes.get(filter);
        if (known == null) {
            known = outcomesOf(filter);
        }
        return known.get(filter.mightContain(prediction.recordHash()));
    }

    /** The lowest false-positive rate of the filters that were asked; 0 where none was. */
    double lowestFalsePositiveRate() {
        return outcomes.keySet().stream()
                .mapToDouble(TrainingFilter::falsePositiveRate)
                .min()
                .orElse(0);
    }

    private Map<Boolean, TrainingCheck> outcomesOf(TrainingFilter filter) {
        if (outcomes.size() >= MAX_REMEMBERED) {
            outcomes.clear();
        }
        FlagEvidence evidence = FlagEvidence.against(nullShare + (1 - nullShare) * filter.falsePositiveRate());
        Map<Boolean, TrainingCheck> made = new HashMap<>();
        for (boolean hit : new boolean[] {true, false}) {
            made.put(hit, new TrainingCheck(hit, evidence.column(hit)));
        }
        outcomes.put(filter, made);
        return made;
    }
}
