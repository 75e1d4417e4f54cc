// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.config.DetectSettings;
import dev.miasma.measure.NoMeasures;
import dev.miasma.score.AttackScore;
import dev.miasma.score.KnownModels;
import dev.miasma.score.ScoredQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The detector of clients on some states that stay in the processor's cache, for measuring what an update costs. Each
 * state has seen {@value #SEEN} queries before, so that the ring of fingerprints is full; then each gets as many new ones.
 * Not thread-safe.
 */
public final class DetectKernel {
    /** Queries that each state has seen; as many again fit without another page of the first-sight memory. */
    public static final int SEEN = 100;

    private final Detector detector;
    private final List<ScoredQuery> queries;
    private final ClientState[] states;

    /**
     * @param settings of clients
     * @param models the queries were scored by
     * @param queries all distinct, 2 x {@value #SEEN} for each state
     */
    public DetectKernel(DetectSettings settings, KnownModels models, List<ScoredQuery> queries) {
        NoMeasures measures = new NoMeasures();
        detector =
                new Detector(Level.CLIENT, settings, Exemptions.none(settings.sensors(), measures), models, measures);
        this.queries = new ArrayList<>(queries);
        states = new ClientState[queries.size() / (2 * SEEN)];
        for (int i = 0; i < states.length; i++) {
            putHighestBinFirst(i);
        }
        prepare();
    }

    /** So that a state's counts by bin have room for all bins before the updates that count. */
    private void putHighestBinFirst(int state) {
        int highest = state;
        for (int i = state; i < 2 * updates(); i += states.length) {
            if (bin(i) > bin(highest)) {
                highest = i;
            }
        }
        Collections.swap(queries, state, highest);
    }

    private int bin(int query) {
        AttackScore attack = queries.get(query).attack();
        return attack == null ? -1 : attack.bin();
    }

    /** Updates of one {@link #run}. */
    public int updates() {
        return states.length * SEEN;
    }

    /** Starts with new states that have seen the first half of the queries. */
    public void prepare() {
        for (int i = 0; i < states.length; i++) {
            states[i] = ClientState.firstSeen(queries.get(i).timeMillis());
        }
        for (int i = 0; i < updates(); i++) {
            detector.add(states[i % states.length], i < states.length, queries.get(i));
        }
    }

    /**
     * Adds the second half of the queries.
     *
     * @return how many of them there was something to tell of
     */
    public double run() {
        int told = 0;
        for (int i = updates(); i < 2 * updates(); i++) {
            told += detector.add(states[i % states.length], false, queries.get(i)) == null ? 0 : 1;
        }
        return told;
    }
}
