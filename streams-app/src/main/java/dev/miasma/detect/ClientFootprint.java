// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.config.DetectSettings;
import dev.miasma.measure.NoMeasures;
import dev.miasma.score.KnownModels;
import dev.miasma.score.ScoredQuery;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The states of clients on the heap, for measuring how large they are there and in the store. Not thread-safe. */
public final class ClientFootprint {
    private final Detector detector;
    private final Map<String, ClientState> states = new HashMap<>();

    /**
     * @param settings of clients
     * @param models the queries are scored by
     */
    public ClientFootprint(DetectSettings settings, KnownModels models) {
        NoMeasures measures = new NoMeasures();
        detector =
                new Detector(Level.CLIENT, settings, Exemptions.none(settings.sensors(), measures), models, measures);
    }

    /** Adds a query to its client. */
    public void add(ScoredQuery query) {
        String key = Level.clientKey(query);
        ClientState known = states.get(key);
        ClientState state = known == null ? ClientState.firstSeen(query.timeMillis()) : known;
        if (known == null) {
            states.put(key, state);
        }
        detector.add(state, known == null, query);
    }

    /** Clients so far. */
    public int clients() {
        return states.size();
    }

    /** Bytes of all keys and states as store and changelog have them, but for what they hold of the queries themselves. */
    public long stateBytes() {
        long bytes = storedBytes();
        for (ClientState state : states.values()) {
            bytes -= state.memory.bytes() + state.ring.bytes();
        }
        return bytes;
    }

    /** Bytes of all keys and states as store and changelog have them, with all that was asked. */
    public long storedBytes() {
        long bytes = 0;
        for (Map.Entry<String, ClientState> entry : states.entrySet()) {
            bytes += entry.getKey().getBytes(StandardCharsets.UTF_8).length
                    + ClientStateSerde.write(entry.getValue()).length;
        }
        return bytes;
    }
}
