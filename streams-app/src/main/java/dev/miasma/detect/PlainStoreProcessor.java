// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.config.DetectSettings;
import dev.miasma.measure.Measures;
import dev.miasma.score.KnownModels;
import dev.miasma.score.ScoredQuery;
import java.util.Objects;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The detector of clients on a plain changelogged key-value store, each query a get, an update and a put: what
 * {@link DetectProcessor} is measured against by 'miasma bench'. It finds the same, but never drops a state.
 */
public final class PlainStoreProcessor extends ClockedProcessor<String, ScoredQuery, String, Detected> {
    private final Detector detector;
    private final DetectProcessor.Wiring wiring;
    private @Nullable ProcessorContext<String, Detected> context;
    private @Nullable KeyValueStore<String, ClientState> states;
    private @Nullable LeakBlockStore blocks;

    /** A processor for one task. */
    public PlainStoreProcessor(
            DetectSettings settings,
            Exemptions exemptions,
            KnownModels models,
            Measures measures,
            DetectProcessor.Wiring wiring) {
        this.wiring = wiring;
        detector = new Detector(Level.CLIENT, settings, exemptions, models, measures);
    }

    /** A builder of its store, which has the name of the store it stands in for. */
    public static StoreBuilder<?> store() {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(ClientStateStore.CLIENTS),
                        Serdes.String(),
                        new ClientStateSerde())
                .withCachingDisabled();
    }

    @Override
    public void init(ProcessorContext<String, Detected> processorContext) {
        context = processorContext;
        states = processorContext.getStateStore(ClientStateStore.CLIENTS);
        LeakBlockStore counted = new LeakBlockStore(
                processorContext.getStateStore(LeakBlockStore.NAME),
                block -> forward(block.endpoint(), block, Math.max(0, block.secondMillis()), wiring.leaks()));
        every(LeakBlockStore.INTERVAL, processorContext, time -> counted.sendQuiet());
        blocks = counted;
    }

    @Override
    public void process(Record<String, ScoredQuery> scored) {
        ScoredQuery query = scored.value();
        KeyValueStore<String, ClientState> store = Objects.requireNonNull(states);
        String key = Level.clientKey(query);
        ClientState known = store.get(key);
        ClientState state = known == null ? ClientState.firstSeen(query.timeMillis()) : known;
        Detection detection = detector.add(state, known == null, query);
        store.put(key, state);
        if (detection != null) {
            forward(detection.subject(), detection, scored.timestamp(), wiring.detections());
        }
        if (query.cohort() != null && detector.lastWasFirstSight()) {
            forward(Level.cohortKey(query), new Detected.ForCohort(query), scored.timestamp(), wiring.cohorts());
        }
        Objects.requireNonNull(blocks).add(query, detector.lastWasFirstSight(), known == null);
    }

    private void forward(String key, Detected value, long timestamp, String node) {
        Objects.requireNonNull(context).forward(new Record<>(key, value, timestamp), node);
    }
}
