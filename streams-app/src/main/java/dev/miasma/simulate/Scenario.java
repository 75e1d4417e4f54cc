// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Attacking and benign clients that ask a target, in event time: their queries one after the other, each answered before
 * the client asks the next. The same plan, population and target give the same queries. Not thread-safe.
 */
public final class Scenario {
    /** Millisecond stamps of ids are written with digits and letters. */
    private static final int RADIX = 36;

    private final ScenarioPlan plan;
    private final Function<double[], double[]> target;
    private final String idPrefix;
    private final PriorityQueue<Turn> turns = new PriorityQueue<>(
            Comparator.comparingDouble((Turn turn) -> turn.client().nextMicros())
                    .thenComparingInt(Turn::number));
    private final Map<String, ClientTruth> truth = new LinkedHashMap<>();
    private long given;

    /** A client and its place among equals. */
    private record Turn(SimulatedClient client, int number) {}

    /**
     * @param plan who asks
     * @param population records they ask about
     * @param target answers a query: features to posterior
     */
    public Scenario(ScenarioPlan plan, Population population, Function<double[], double[]> target) {
        this.plan = plan;
        this.target = target;
        // The start is in it, so that a plan run again later does not use the same ids.
        idPrefix = plan.prefix() + Long.toString(plan.startMillis(), RADIX) + "-";
        Map<String, Integer> numbers = new HashMap<>();
        for (ClientGroup group : plan.groups()) {
            for (int i = 0; i < plan.clients(group); i++) {
                int number = numbers.merge(group.kind().name(), 1, Integer::sum);
                turns.add(new Turn(client(group, number, population), turns.size()));
            }
        }
    }

    private SimulatedClient client(ClientGroup group, int number, Population population) {
        String kind = group.kind().name();
        String name = plan.prefix() + kind + String.format(Locale.ROOT, "-%03d", number);
        int cohorts = group.values().whole(ClientKind.COHORTS);
        @Nullable
        String cohort = cohorts == 0
                ? null
                : plan.prefix() + kind + String.format(Locale.ROOT, "-cohort-%03d", (number - 1) % cohorts + 1);
        long seed = mixed(mixed(plan.seed()) ^ (((long) kind.hashCode() << Integer.SIZE) | number));
        return new SimulatedClient(name, cohort, group, population, plan.perSecond(group), seed);
    }

    /** The finalizer of SplitMix64, so that neighbouring seeds give unrelated clients. */
    private static long mixed(long seed) {
        long mixed = seed + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** The next query in event time; empty once no client has anything left to ask. */
    public Optional<SimulatedQuery> next() {
        return next(Long.MAX_VALUE);
    }

    /**
     * The next query, if it is before a time; empty as well once no client has anything left to ask.
     *
     * @param beforeMillis milliseconds since 1970
     */
    public Optional<SimulatedQuery> next(long beforeMillis) {
        Turn turn = turns.poll();
        while (turn != null) {
            if (turn.client().nextMillis(plan.startMillis()) >= beforeMillis) {
                turns.add(turn);
                return Optional.empty();
            }
            Optional<SimulatedQuery> query = turn.client().next(idPrefix + (given + 1), plan.startMillis(), target);
            if (query.isPresent()) {
                turns.add(turn);
                given++;
                count(query.get());
                return query;
            }
            turn = turns.poll();
        }
        return Optional.empty();
    }

    private void count(SimulatedQuery query) {
        truth.compute(query.client(), (name, sofar) -> sofar == null ? ClientTruth.of(query) : sofar.and(query));
    }

    /** Queries given so far. */
    public long queries() {
        return given;
    }

    /** Who has asked so far, in the order of their first queries. */
    public Collection<ClientTruth> truth() {
        return Collections.unmodifiableCollection(truth.values());
    }
}
