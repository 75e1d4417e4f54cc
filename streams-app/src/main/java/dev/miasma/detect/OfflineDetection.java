// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.config.DetectSettings;
import dev.miasma.measure.Measures;
import dev.miasma.score.KnownModels;
import dev.miasma.score.ScoredQuery;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The detect stage without Kafka: the detectors of clients and of cohorts, with their states in memory. Cohorts are fed
 * as {@link DetectProcessor} feeds them: queries that have a cohort and are new to their client.
 *
 * <p>Unlike there, no state is ever dropped. A client that comes back after it was idle starts anew all the same, but goes
 * on counting its alarms; and there is no limit to how many clients are kept. Not thread-safe.
 */
public final class OfflineDetection {
    private final Detector clients;
    private final Detector cohorts;
    private final Map<String, Map<String, ClientState>> clientStates = new HashMap<>();
    private final Map<String, Map<String, ClientState>> cohortStates = new HashMap<>();

    /**
     * @param clients settings of the level of clients
     * @param cohorts settings of the level of cohorts
     * @param exemptions of the operator
     * @param models to estimate member shares by
     */
    public OfflineDetection(
            DetectSettings clients,
            DetectSettings cohorts,
            Exemptions exemptions,
            KnownModels models,
            Measures measures) {
        this.clients = new Detector(Level.CLIENT, clients, exemptions, models, measures);
        this.cohorts = new Detector(Level.COHORT, cohorts, exemptions, models, measures);
    }

    /**
     * Adds one query.
     *
     * @param told of what there is to tell: of the client first, then of its cohort
     */
    public void add(ScoredQuery query, Consumer<? super Detection> told) {
        add(clients, clientStates, query.client(), query, told);
        String cohort = query.cohort();
        if (cohort != null && clients.lastWasFirstSight()) {
            add(cohorts, cohortStates, cohort, query, told);
        }
    }

    private static void add(
            Detector detector,
            Map<String, Map<String, ClientState>> states,
            String name,
            ScoredQuery query,
            Consumer<? super Detection> told) {
        Map<String, ClientState> atEndpoint = states.computeIfAbsent(query.endpoint(), endpoint -> new HashMap<>());
        ClientState known = atEndpoint.get(name);
        ClientState state = known;
        if (state == null) {
            state = ClientState.firstSeen(query.timeMillis());
            atEndpoint.put(name, state);
        }
        Detection detection = detector.add(state, known == null, query);
        if (detection != null) {
            told.accept(detection);
        }
    }

    /** Clients seen, each at each endpoint. */
    public int clients() {
        return size(clientStates);
    }

    /** Cohorts seen, each at each endpoint. */
    public int cohorts() {
        return size(cohortStates);
    }

    private static int size(Map<String, Map<String, ClientState>> states) {
        return states.values().stream().mapToInt(Map::size).sum();
    }
}
