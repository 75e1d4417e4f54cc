// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.backtest;

import dev.miasma.detect.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lays alerts beside what the clients of a simulated log really were. */
final class TruthCheck {
    private final TruthFile truth;
    private final Map<String, long[]> queries = new HashMap<>();
    private long strangers;

    TruthCheck(TruthFile truth) {
        this.truth = truth;
    }

    /** Counts a query. */
    void asked(String client) {
        if (truth.client(client) == null) {
            strangers++;
        } else {
            queries.computeIfAbsent(client, name -> new long[1])[0]++;
        }
    }

    /**
     * What was found of each kind.
     *
     * @param suspects that there were alerts about
     * @param budget expected false alerts per million benign queries at most
     */
    BacktestResult.Checked result(Collection<Suspect> suspects, double budget) {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        truth.clients().forEach((name, client) -> {
            Kind kind = kinds.computeIfAbsent(client.kind(), known -> new Kind(known, client.attack()));
            long[] asked = queries.get(name);
            if (asked != null) {
                kind.clients.add(name);
                kind.queries += asked[0];
            }
        });
        Set<String> cohorts = new HashSet<>();
        long falseAlarms = 0;
        long falseAlerts = 0;
        for (Suspect suspect : suspects) {
            boolean benign = note(suspect, kinds, cohorts);
            falseAlarms += benign ? suspect.alarms() : 0;
            falseAlerts += benign ? suspect.alerts() : 0;
        }
        List<BacktestResult.Kind> result = new ArrayList<>();
        long benignQueries = 0;
        for (Kind kind : kinds.values()) {
            result.add(kind.result(truth, cohorts));
            benignQueries += kind.attack ? 0 : kind.queries;
        }
        return new BacktestResult.Checked(
                result, benignQueries, falseAlerts, falseAlarms, benignQueries * budget / 1e6, strangers);
    }

    /** Books a suspect; true if it was benign. */
    private boolean note(Suspect suspect, Map<String, Kind> kinds, Set<String> cohorts) {
        if (suspect.level() == Level.COHORT) {
            cohorts.add(suspect.name());
            boolean benign = !truth.attacking(suspect.name());
            if (benign) {
                truth.kindsOf(suspect.name())
                        .forEach(kind -> kinds.computeIfPresent(kind, (name, of) -> {
                            of.alarms += suspect.alarms();
                            return of;
                        }));
            }
            return benign;
        }
        TruthFile.Client client = truth.client(suspect.name());
        if (client == null) {
            return false;
        }
        kinds.computeIfPresent(client.kind(), (name, kind) -> {
            kind.found.add(suspect.name());
            kind.alarms += suspect.alarms();
            return kind;
        });
        return !client.attack();
    }

    /** Sums of a kind. */
    private static final class Kind {
        private final String name;
        private final boolean attack;
        private final Set<String> clients = new HashSet<>();
        private final Set<String> found = new HashSet<>();
        private long queries;
        private long alarms;

        Kind(String name, boolean attack) {
            this.name = name;
            this.attack = attack;
        }

        BacktestResult.Kind result(TruthFile truth, Set<String> cohorts) {
            long byCohort = clients.stream()
                    .filter(client -> !found.contains(client))
                    .filter(client -> {
                        TruthFile.Client known = truth.client(client);
                        return known != null && known.cohort() != null && cohorts.contains(known.cohort());
                    })
                    .count();
            return new BacktestResult.Kind(
                    name, attack, clients.size(), queries, found.size(), attack ? byCohort : 0, alarms);
        }
    }
}
