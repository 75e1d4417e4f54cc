// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.delay;

import dev.miasma.config.IdentitySettings;
import dev.miasma.config.InputSettings;
import dev.miasma.decode.Arrival;
import dev.miasma.decode.Decoded;
import dev.miasma.decode.EventDecoder;
import dev.miasma.decode.Prediction;
import dev.miasma.measure.NoMeasures;
import dev.miasma.score.AttackModels;
import dev.miasma.score.LiveDefences;
import dev.miasma.score.QueryScorer;
import dev.miasma.score.ScoredQuery;
import dev.miasma.score.TrainingChecks;
import dev.miasma.simulate.EventWriter;
import dev.miasma.simulate.Outcome;
import dev.miasma.simulate.SimulatedQuery;
import java.time.Instant;
import java.time.InstantSource;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.function.Function;

/**
 * Simulated queries as the detect stage gets them: written as events, decoded and scored by the real stages. A record of
 * the pools is answered, decoded and scored once, since a deterministic model answers it the same way each time; only
 * client and time differ. Not thread-safe; {@link #copy} gives another thread its own.
 */
final class RecordAnswers {
    private static final String ENDPOINT = "drill";
    private static final String VERSION = "1";

    /** No event of a simulation is ahead of it. */
    private static final long FAR_AHEAD = 4_000_000_000_000L;

    private final Function<double[], double[]> target;
    private final InputSettings input;
    private final IdentitySettings identity;
    private final AttackModels models;
    private final TrainingChecks checks;
    private final IdentityHashMap<double[], double[]> answers;
    private final IdentityHashMap<double[], ScoredQuery> scored;
    private final EventWriter writer = new EventWriter(ENDPOINT, VERSION, true);
    private final EventDecoder decoder;
    private final QueryScorer scorer;

    private RecordAnswers(
            Function<double[], double[]> target,
            InputSettings input,
            IdentitySettings identity,
            AttackModels models,
            TrainingChecks checks,
            IdentityHashMap<double[], double[]> answers,
            IdentityHashMap<double[], ScoredQuery> scored) {
        this.target = target;
        this.input = input;
        this.identity = identity;
        this.models = models;
        this.checks = checks;
        this.answers = answers;
        this.scored = scored;
        decoder = new EventDecoder(input, identity, InstantSource.fixed(Instant.ofEpochMilli(FAR_AHEAD)));
        scorer = new QueryScorer(models, checks, LiveDefences.none(), new NoMeasures());
    }

    /**
     * Answers the records of the pools.
     *
     * @param target features to posterior
     * @param records of all pools
     * @param models with the attack model of the target
     * @param checks of training records
     */
    static RecordAnswers of(
            Function<double[], double[]> target,
            Iterable<double[][]> records,
            InputSettings input,
            IdentitySettings identity,
            AttackModels models,
            TrainingChecks checks) {
        IdentityHashMap<double[], double[]> answers = new IdentityHashMap<>();
        IdentityHashMap<double[], ScoredQuery> scored = new IdentityHashMap<>();
        RecordAnswers made = new RecordAnswers(target, input, identity, models, checks, answers, scored);
        for (double[][] pool : records) {
            for (double[] record : pool) {
                double[] posterior = target.apply(record);
                answers.put(record, posterior);
                scored.put(record, made.throughStages(query(record, posterior)));
            }
        }
        return made;
    }

    private static SimulatedQuery query(double[] record, double[] posterior) {
        return new SimulatedQuery(
                "pool", "pool", null, "pool", false, record, posterior, false, 0, false, 0, Outcome.GOES_ON);
    }

    /** The same answers for another thread. */
    RecordAnswers copy() {
        return new RecordAnswers(target, input, identity, models, checks, answers, scored);
    }

    /** The target's answer. */
    double[] answer(double[] features) {
        double[] known = answers.get(features);
        return known == null ? target.apply(features) : known;
    }

    /** A query as the detect stage gets it. */
    ScoredQuery scored(SimulatedQuery query) {
        ScoredQuery known = query.labelOnly() ? null : scored.get(query.features());
        return known == null ? throughStages(query) : with(known, query);
    }

    /** Whether a record is in one of the pools: that array, not one like it. */
    boolean knows(double[] features) {
        return scored.containsKey(features);
    }

    /** What is known of a record of the pools. */
    ScoredQuery ofRecord(double[] record) {
        ScoredQuery known = scored.get(record);
        if (known == null) {
            throw new IllegalArgumentException("the record is in none of the pools");
        }
        return known;
    }

    private static ScoredQuery with(ScoredQuery known, SimulatedQuery query) {
        return new ScoredQuery(
                query.id(),
                known.endpoint(),
                known.version(),
                query.client(),
                query.cohort(),
                query.timeMillis(),
                known.fingerprint(),
                known.identified(),
                known.locality(),
                known.topConfidence(),
                known.attack(),
                known.training());
    }

    private ScoredQuery throughStages(SimulatedQuery query) {
        Decoded decoded = decoder.decode(writer.write(query), new Arrival(query.id(), 0, null, null));
        if (!(decoded instanceof Prediction prediction)) {
            throw new IllegalStateException("a simulated event was rejected: " + decoded);
        }
        return Optional.ofNullable(scorer.score(prediction))
                .orElseThrow(() -> new IllegalStateException("a simulated event could not be scored"));
    }
}
