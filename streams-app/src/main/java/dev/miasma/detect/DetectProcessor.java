// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.config.DetectSettings;
import dev.miasma.measure.Measures;
import dev.miasma.score.ScoredQuery;
import java.time.Duration;
import java.util.Objects;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Feeds the detector with the states of the store, and drops the states of clients that went silent. */
public final class DetectProcessor implements Processor<String, ScoredQuery, String, Detection> {
    /** Name of the store of client states. */
    public static final String STORE = "client-states";

    private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(30);

    /** States looked at in one sweep, so that a sweep never holds up the stream. */
    private static final int SWEEP_SIZE = 5_000;

    private final DetectSettings settings;
    private final Measures measures;
    private final Detector detector;
    private @Nullable ProcessorContext<String, Detection> context;
    private @Nullable KeyValueStore<String, ClientState> states;
    private long newestMillis = Long.MIN_VALUE;
    private String sweepFrom = "";

    /** A processor for one task. */
    public DetectProcessor(DetectSettings settings, Measures measures) {
        this.settings = settings;
        this.measures = measures;
        detector = new Detector(settings, measures);
    }

    @Override
    public void init(ProcessorContext<String, Detection> processorContext) {
        context = processorContext;
        states = processorContext.getStateStore(STORE);
        countClients(true);
        processorContext.schedule(SWEEP_INTERVAL, PunctuationType.WALL_CLOCK_TIME, time -> sweep());
    }

    @Override
    public void process(Record<String, ScoredQuery> scored) {
        ScoredQuery query = scored.value();
        KeyValueStore<String, ClientState> store = Objects.requireNonNull(states);
        String key = query.client() + '\u0000' + query.endpoint();
        ClientState known = store.get(key);
        ClientState state = known == null ? ClientState.firstSeen(query.timeMillis()) : known;
        Detection detection = detector.add(state, known == null, query);
        store.put(key, state);
        newestMillis = Math.max(newestMillis, query.timeMillis());
        if (detection != null) {
            Objects.requireNonNull(context).forward(new Record<>(detection.subject(), detection, scored.timestamp()));
        }
    }

    /** The states stay in the store, for whoever gets the partition next; only this instance's count goes. */
    @Override
    public void close() {
        countClients(false);
    }

    private void countClients(boolean opening) {
        KeyValueStore<String, ClientState> store = Objects.requireNonNull(states);
        if (!store.isOpen()) {
            return;
        }
        try (KeyValueIterator<String, ClientState> all = store.all()) {
            while (all.hasNext()) {
                String band = all.next().value.band.code();
                measures.bandChanged(opening ? "" : band, opening ? band : "");
            }
        }
    }

    /** Deletes states that would start anew at their next query anyway. */
    private void sweep() {
        KeyValueStore<String, ClientState> store = Objects.requireNonNull(states);
        int seen = 0;
        String next = "";
        try (KeyValueIterator<String, ClientState> some = store.range(sweepFrom.isEmpty() ? null : sweepFrom, null)) {
            while (some.hasNext()) {
                KeyValue<String, ClientState> entry = some.next();
                if (seen++ == SWEEP_SIZE) {
                    next = entry.key;
                    break;
                }
                if (newestMillis > entry.value.lastSeenMillis + settings.idleMillis()) {
                    store.delete(entry.key);
                    measures.bandChanged(entry.value.band.code(), "");
                }
            }
        }
        sweepFrom = next;
    }
}
