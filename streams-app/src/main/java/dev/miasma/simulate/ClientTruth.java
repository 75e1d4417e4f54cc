// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import org.jspecify.annotations.Nullable;

/**
 * Who a simulated client was and what it did.
 *
 * @param client its name
 * @param cohort it was in; null for none
 * @param kind of client
 * @param attack whether that kind is an attack
 * @param queries it made
 * @param memberQueries of them about training members or perturbed copies of some
 * @param targets target records it was done with; for synthesis records accepted
 * @param targetsGivenUp target records it gave up
 * @param firstMillis event time of its first query
 * @param lastMillis and of its last
 */
public record ClientTruth(
        String client,
        @Nullable String cohort,
        String kind,
        boolean attack,
        long queries,
        long memberQueries,
        long targets,
        long targetsGivenUp,
        long firstMillis,
        long lastMillis) {

    static ClientTruth of(SimulatedQuery first) {
        return new ClientTruth(
                        first.client(),
                        first.cohort(),
                        first.kind(),
                        first.attack(),
                        0,
                        0,
                        0,
                        0,
                        first.timeMillis(),
                        first.timeMillis())
                .and(first);
    }

    ClientTruth and(SimulatedQuery query) {
        return new ClientTruth(
                client,
                cohort,
                kind,
                attack,
                queries + 1,
                memberQueries + (query.member() ? 1 : 0),
                targets + (query.outcome() == Outcome.DONE ? 1 : 0),
                targetsGivenUp + (query.outcome() == Outcome.GIVEN_UP ? 1 : 0),
                firstMillis,
                query.timeMillis());
    }
}
