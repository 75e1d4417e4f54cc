// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.delay;

import dev.miasma.detect.Detection;
import dev.miasma.detect.OfflineDetection;
import dev.miasma.score.ScoredQuery;
import dev.miasma.simulate.Outcome;
import dev.miasma.simulate.Scenario;
import dev.miasma.simulate.SimulatedQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One prober, with the accounts it has, asking until it is told of at every budget or ends. Not thread-safe. */
final class Probing {
    private final Scenario client;
    private final RecordAnswers answers;
    private final List<Watched> watched = new ArrayList<>();
    private final Set<double[]> everyday = Collections.newSetFromMap(new IdentityHashMap<>());
    private long queries;
    private long firstDone = -1;
    private long targets;

    /**
     * The first alert at a budget.
     *
     * @param queries of the prober, of all its accounts together, this one included
     * @param level that alerted
     * @param sensor that led
     * @param targets target records finished before
     */
    record FirstAlert(long queries, String level, String sensor, long targets) {}

    /**
     * What became of a prober.
     *
     * @param queries it made
     * @param firstDone its queries until the first target record was finished; -1 if none was
     * @param alerts the first at each budget, null for none
     */
    record Outcomes(long queries, long firstDone, List<@Nullable FirstAlert> alerts) {}

    /** Detectors and the first alert they gave. */
    private static final class Watched {
        private final OfflineDetection detection;
        private @Nullable FirstAlert first;

        Watched(OfflineDetection detection) {
            this.detection = detection;
        }
    }

    Probing(Scenario client, RecordAnswers answers, List<OfflineDetection> budgets) {
        this.client = client;
        this.answers = answers;
        budgets.forEach(detection -> watched.add(new Watched(detection)));
    }

    /**
     * Lets it ask.
     *
     * @param most queries at most
     * @param untilDone whether it goes on after the alerts until a target record is finished
     */
    Outcomes run(long most, boolean untilDone) {
        while (queries < most && !(toldOf() && (!untilDone || firstDone >= 0))) {
            SimulatedQuery query = client.next().orElse(null);
            if (query == null || asksAgain(query)) {
                break;
            }
            queries++;
            ask(query);
            if (query.outcome() == Outcome.DONE) {
                targets++;
                firstDone = firstDone < 0 ? queries : firstDone;
            }
        }
        List<@Nullable FirstAlert> alerts = new ArrayList<>();
        watched.forEach(one -> alerts.add(one.first));
        return new Outcomes(queries, firstDone, alerts);
    }

    /** Everyday queries that start over would be found as repeats, which is the pool's fault and no one's attack. */
    private boolean asksAgain(SimulatedQuery query) {
        boolean ofPool = query.target() == 0 && answers.knows(query.features());
        return ofPool && !everyday.add(query.features());
    }

    private boolean toldOf() {
        return watched.stream().allMatch(one -> one.first != null);
    }

    private void ask(SimulatedQuery query) {
        ScoredQuery scored = answers.scored(query);
        for (Watched one : watched) {
            if (one.first == null) {
                one.detection.add(scored, told -> note(one, told));
            }
        }
    }

    private void note(Watched one, Detection told) {
        if (one.first == null && told.alarm() != Detection.Alarm.NONE) {
            one.first = new FirstAlert(queries, told.level().code(), told.sensor(), targets);
        }
    }
}
