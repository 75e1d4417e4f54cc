// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.config.DetectSettings;
import dev.miasma.measure.Measures;
import dev.miasma.score.KnownModels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Feeds the watch over endpoints with the states of its store; every few seconds tells what their recent scores say, and
 * drops the states of endpoints that went silent.
 */
public final class EndpointProcessor extends ClockedProcessor<String, LeakBlock, String, EndpointAlert> {
    static final Duration TELL_INTERVAL = Duration.ofSeconds(5);

    private final DetectSettings settings;
    private final EndpointWatch watch;
    private final LeakEstimates estimates;
    private final Set<String> touched = new HashSet<>();
    private @Nullable ProcessorContext<String, EndpointAlert> context;
    private @Nullable KeyValueStore<String, EndpointState> states;
    private long newestMillis = Long.MIN_VALUE;

    /**
     * A processor for one task.
     *
     * @param settings of the level of endpoints
     * @param floodPerMinute new clients of an endpoint in a minute that are never a flood
     * @param models that blocks were scored by
     */
    public EndpointProcessor(DetectSettings settings, long floodPerMinute, KnownModels models, Measures measures) {
        this.settings = settings;
        watch = new EndpointWatch(settings, floodPerMinute, models, measures);
        estimates = new LeakEstimates(models, measures);
    }

    @Override
    public void init(ProcessorContext<String, EndpointAlert> processorContext) {
        context = processorContext;
        states = processorContext.getStateStore(EndpointStateStore.NAME);
        try (KeyValueIterator<String, EndpointState> all = states().all()) {
            all.forEachRemaining(entry -> touched.add(entry.key));
        }
        every(TELL_INTERVAL, processorContext, this::tell);
    }

    @Override
    public void process(Record<String, LeakBlock> record) {
        LeakBlock block = record.value();
        EndpointState known = states().get(block.endpoint());
        EndpointState state = known == null ? new EndpointState() : known;
        List<EndpointAlert> alerts = watch.add(state, block);
        states().put(block.endpoint(), state);
        touched.add(block.endpoint());
        newestMillis = Math.max(newestMillis, block.secondMillis());
        for (EndpointAlert alert : alerts) {
            Objects.requireNonNull(context).forward(new Record<>(alert.subject(), alert, record.timestamp()));
        }
    }

    private KeyValueStore<String, EndpointState> states() {
        return Objects.requireNonNull(states);
    }

    private void tell(long nowMillis) {
        List<String> idle = new ArrayList<>();
        try (KeyValueIterator<String, EndpointState> all = states().all()) {
            while (all.hasNext()) {
                KeyValue<String, EndpointState> entry = all.next();
                if (newestMillis > entry.value.lastSeenMillis + settings.idleMillis()) {
                    idle.add(entry.key);
                } else if (touched.contains(entry.key)) {
                    estimates.tell(entry.key, entry.value, nowMillis);
                }
            }
        }
        touched.clear();
        for (String endpoint : idle) {
            states().delete(endpoint);
            estimates.forget(endpoint);
        }
    }

    /** The states stay in the store, for whoever gets the partition next; only what this instance told goes. */
    @Override
    public void close() {
        super.close();
        estimates.forgetAll();
    }
}
