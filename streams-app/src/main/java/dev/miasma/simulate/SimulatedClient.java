// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A behaviour with a name, a pace, and the answers it is to be told. */
final class SimulatedClient {
    private final String name;
    private final @Nullable String cohort;
    private final ClientGroup group;
    private final Behaviour behaviour;
    private final Pace pace;
    private final Random paceRandom;
    private final double meanGapMicros;
    private double micros;

    /**
     * @param perSecond queries of event time
     * @param seed of its queries and its pace
     */
    SimulatedClient(
            String name,
            @Nullable String cohort,
            ClientGroup group,
            Population population,
            double perSecond,
            long seed) {
        this.name = name;
        this.cohort = cohort;
        this.group = group;
        Random random = new Random(seed);
        paceRandom = new Random(random.nextLong());
        behaviour = group.kind().maker().make(population, group.values(), random);
        pace = group.kind().paceMaker().make(group.values());
        meanGapMicros = 1e6 / perSecond;
        step();
        // Not all batches and bursts at once in the beginning.
        micros *= paceRandom.nextDouble();
    }

    private void step() {
        micros += pace.gapMicros(meanGapMicros, paceRandom);
    }

    /** Event time of the next query, microseconds since the beginning. */
    double nextMicros() {
        return micros;
    }

    /** The same in milliseconds since 1970. */
    long nextMillis(long startMillis) {
        return startMillis + (long) (micros / 1000);
    }

    /** The query that is due, answered; empty once the client has nothing left to ask. */
    Optional<SimulatedQuery> next(String id, long startMillis, Function<double[], double[]> target) {
        return behaviour.next().map(question -> {
            boolean labelOnly = group.values().flag(ClientKind.LABEL_ONLY);
            double[] posterior = target.apply(question.features());
            Outcome outcome = behaviour.answered(labelOnly ? Labels.only(posterior) : posterior);
            long timeMillis = nextMillis(startMillis);
            step();
            return new SimulatedQuery(
                    id,
                    clientOf(question),
                    cohortOf(question),
                    group.kind().name(),
                    group.kind().attack(),
                    question.features(),
                    posterior,
                    labelOnly,
                    timeMillis,
                    question.member(),
                    question.target(),
                    outcome);
        });
    }

    private String clientOf(Question question) {
        Question.Account account = question.account();
        return account == null ? name : name + "-" + String.format(Locale.ROOT, "%03d", account.number());
    }

    /** Accounts that belong together are a cohort of that client's name; accounts that hide it are in none. */
    private @Nullable String cohortOf(Question question) {
        Question.Account account = question.account();
        if (account == null) {
            return cohort;
        }
        return account.inCohort() ? name : null;
    }
}
