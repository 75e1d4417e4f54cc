// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.config.DetectSettings;
import dev.miasma.measure.Measures;
import dev.miasma.score.KnownModels;
import dev.miasma.score.ScoredQuery;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/**
 * Feeds the detector of a level with the states of its store, and drops states: those of subjects that went silent, and
 * the coldest where there are too many.
 */
public final class DetectProcessor extends ClockedProcessor<String, ScoredQuery, String, Detected> {
    private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(30);

    /** States looked at in one sweep, so that a sweep never holds up the stream. */
    private static final int SWEEP_SIZE = 5_000;

    private final Level level;
    private final DetectSettings settings;
    private final Measures measures;
    private final Wiring wiring;
    private final Detector detector;
    private final ColdSubjects cold;
    private final EvidencePaths paths;
    private final ForeseenKeys foreseen = new ForeseenKeys();
    private @Nullable ProcessorContext<String, Detected> context;
    private @Nullable WriteBehindStore<ClientState> states;
    private @Nullable LeakBlockStore blocks;
    private long newestMillis = Long.MIN_VALUE;
    private String sweepFrom = "";

    /** Kept so that {@link #foresee} is not left out as of no use. */
    @SuppressWarnings("UnusedVariable") // A write is all that is needed.
    private long touched;

    /** States of this task by band. */
    private final long[] bands = new long[RiskBand.values().length];

    /**
     * Where the outcomes go.
     *
     * @param detections name of the node that takes detections
     * @param cohorts name of the node that takes queries for their cohorts; empty for none
     * @param leaks name of the node that takes {@link LeakBlock}s for their endpoints; empty for none
     */
    public record Wiring(String detections, String cohorts, String leaks) {}

    /** A processor for one task. */
    public DetectProcessor(
            Level level,
            DetectSettings settings,
            Exemptions exemptions,
            KnownModels models,
            Measures measures,
            Wiring wiring) {
        this(level, settings, exemptions, models, measures, wiring, EvidencePaths.none());
    }

    /** A processor for one task that also tells how the evidence goes of who comes near an alarm. */
    public DetectProcessor(
            Level level,
            DetectSettings settings,
            Exemptions exemptions,
            KnownModels models,
            Measures measures,
            Wiring wiring,
            EvidencePaths paths) {
        this.paths = paths;
        this.level = level;
        this.settings = settings;
        this.measures = measures;
        this.wiring = wiring;
        detector = new Detector(level, settings, exemptions, models, measures);
        cold = new ColdSubjects(settings.maxSubjects());
    }

    @Override
    public void init(ProcessorContext<String, Detected> processorContext) {
        context = processorContext;
        states = processorContext.getStateStore(ClientStateStore.nameOf(level));
        states().keepsApart(new ClientMemoryStore(processorContext.getStateStore(ClientMemoryStore.nameOf(level))));
        try (KeyValueIterator<String, ClientState> all = states().scan(null)) {
            while (all.hasNext()) {
                ClientState state = all.next().value;
                measures.bandChanged(level.code(), "", state.band.code());
                count(state);
            }
        }
        every(SWEEP_INTERVAL, processorContext, time -> sweep(false));
        if (!wiring.leaks().isEmpty()) {
            LeakBlockStore counted = new LeakBlockStore(
                    processorContext.getStateStore(LeakBlockStore.NAME),
                    block -> forward(block.endpoint(), block, Math.max(0, block.secondMillis()), wiring.leaks()));
            every(LeakBlockStore.INTERVAL, processorContext, time -> counted.sendQuiet());
            blocks = counted;
        }
    }

    /**
     * Reads what is known of the subject of a query that comes soon, so that it is in the processor's caches by then: for many
     * queries at a time the waits for the memory go side by side. Changes nothing that an outcome depends on.
     *
     * @param value of a record that {@link #process} is about to get; passed over if it is no query
     */
    public void foresee(@Nullable Object value) {
        if (!(value instanceof ScoredQuery query)) {
            return;
        }
        String key = keyOf(query);
        foreseen.keep(query, key);
        ClientState state = states().peek(key);
        if (state != null) {
            touched += state.touch(query.fingerprint());
        }
    }

    private String keyOf(ScoredQuery query) {
        return level == Level.COHORT ? Level.cohortKey(query) : Level.clientKey(query);
    }

    @Override
    public void process(Record<String, ScoredQuery> scored) {
        ScoredQuery query = scored.value();
        String foreseenKey = foreseen.take(query);
        String key = foreseenKey == null ? keyOf(query) : foreseenKey;
        ClientState known = states().find(key);
        ClientState state = known == null ? ClientState.firstSeen(query.timeMillis()) : known;
        Detection detection = add(key, state, known == null, query);
        if (paths.wants(detector.lastEvidence())) {
            paths.add(level, key, query.timeMillis(), detector.lastEvidence(), detector.lastLeading());
        }
        newestMillis = Math.max(newestMillis, query.timeMillis());
        if (detection != null) {
            forward(detection.subject(), detection, scored.timestamp(), wiring.detections());
        }
        if (!wiring.cohorts().isEmpty() && query.cohort() != null && detector.lastWasFirstSight()) {
            forward(Level.cohortKey(query), new Detected.ForCohort(query), scored.timestamp(), wiring.cohorts());
        }
        if (blocks != null) {
            blocks.add(query, detector.lastWasFirstSight(), known == null);
        }
        if (known == null && cold.tooMany()) {
            sweep(true);
        }
    }

    /** A state that is known is kept even where the detector fails on a query: it may have changed by then. */
    private @Nullable Detection add(String key, ClientState state, boolean isNew, ScoredQuery query) {
        if (!isNew) {
            uncount(state);
            state.bucket = ClientState.NO_BUCKET;
        }
        boolean done = false;
        try {
            Detection detection = detector.add(state, isNew, query);
            state.bucket = ColdSubjects.bucket(state, detector.lastEvidence());
            done = true;
            return detection;
        } finally {
            if (done || !isNew) {
                count(state);
                states().keep(key, state);
            }
        }
    }

    private void count(ClientState state) {
        cold.add(bucket(state));
        bands[state.band.id()]++;
    }

    private void uncount(ClientState state) {
        cold.remove(bucket(state));
        bands[state.band.id()]--;
    }

    private void forward(String key, Detected value, long timestamp, String node) {
        Objects.requireNonNull(context).forward(new Record<>(key, value, timestamp), node);
    }

    private int bucket(ClientState state) {
        if (state.bucket == ClientState.NO_BUCKET) {
            state.bucket = ColdSubjects.bucket(state, detector.evidence(state));
        }
        return state.bucket;
    }

    private WriteBehindStore<ClientState> states() {
        return Objects.requireNonNull(states);
    }

    /**
     * The states stay in the store, for whoever gets the partition next, which may be this processor again; only what it
     * counts of them goes.
     */
    @Override
    public void close() {
        super.close();
        cold.clear();
        for (RiskBand band : RiskBand.values()) {
            for (long state = 0; state < bands[band.id()]; state++) {
                measures.bandChanged(level.code(), band.code(), "");
            }
        }
        Arrays.fill(bands, 0);
    }

    /** Goes on through the states and drops those that would start anew at their next query anyway, or that are cold. */
    private void sweep(boolean alsoCold) {
        int coldest = alsoCold ? cold.coldestBucket() : -1;
        int seen = 0;
        String next = "";
        try (KeyValueIterator<String, ClientState> some = states().scan(sweepFrom.isEmpty() ? null : sweepFrom)) {
            while (some.hasNext()) {
                KeyValue<String, ClientState> entry = some.next();
                if (seen++ == SWEEP_SIZE) {
                    next = entry.key;
                    break;
                }
                if (newestMillis > entry.value.lastSeenMillis + settings.idleMillis()) {
                    drop(entry.key, entry.value, "idle");
                } else if (bucket(entry.value) <= coldest) {
                    drop(entry.key, entry.value, "cold");
                }
            }
        }
        sweepFrom = next;
    }

    private void drop(String key, ClientState state, String reason) {
        states().drop(key, state);
        uncount(state);
        measures.bandChanged(level.code(), state.band.code(), "");
        measures.dropped(level.code(), reason);
        if (state.told) {
            String subject = level.subject(key);
            forward(subject, new Detected.Dropped(subject), newestMillis, wiring.detections());
        }
    }
}
