// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Kafka Streams' context of a stage, but for the records for one of its next stages, which somebody else may take. */
final class GatheringContext<C, D> implements ProcessorContext<C, D> {
    /** For a stage that has one next stage, and does not name it. */
    static final String ONLY_CHILD = "";

    private final ProcessorContext<C, D> inner;
    private final String child;
    private final Predicate<Record<?, ?>> gatherer;

    /**
     * @param inner that does everything else
     * @param child whose records may be taken
     * @param gatherer takes a record, or does not
     */
    GatheringContext(ProcessorContext<C, D> inner, String child, Predicate<Record<?, ?>> gatherer) {
        this.inner = inner;
        this.child = child;
        this.gatherer = gatherer;
    }

    @Override
    public <K extends C, V extends D> void forward(Record<K, V> record) {
        if (!child.equals(ONLY_CHILD) || !gatherer.test(record)) {
            inner.forward(record);
        }
    }

    @Override
    public <K extends C, V extends D> void forward(Record<K, V> record, String childName) {
        if (!child.equals(childName) || !gatherer.test(record)) {
            inner.forward(record, childName);
        }
    }

    @Override
    public String applicationId() {
        return inner.applicationId();
    }

    @Override
    public TaskId taskId() {
        return inner.taskId();
    }

    @Override
    public Optional<RecordMetadata> recordMetadata() {
        return inner.recordMetadata();
    }

    @Override
    public Serde<?> keySerde() {
        return inner.keySerde();
    }

    @Override
    public Serde<?> valueSerde() {
        return inner.valueSerde();
    }

    @Override
    public File stateDir() {
        return inner.stateDir();
    }

    @Override
    public StreamsMetrics metrics() {
        return inner.metrics();
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // Kafka Streams' own.
    public <S extends StateStore> S getStateStore(String name) {
        return inner.getStateStore(name);
    }

    @Override
    public Cancellable schedule(Duration interval, PunctuationType type, Punctuator punctuator) {
        return inner.schedule(interval, type, punctuator);
    }

    @Override
    public Cancellable schedule(Instant start, Duration interval, PunctuationType type, Punctuator punctuator) {
        return inner.schedule(start, interval, type, punctuator);
    }

    @Override
    public void commit() {
        inner.commit();
    }

    @Override
    public Map<String, Object> appConfigs() {
        return inner.appConfigs();
    }

    @Override
    public Map<String, Object> appConfigsWithPrefix(String prefix) {
        return inner.appConfigsWithPrefix(prefix);
    }

    @Override
    public long currentSystemTimeMs() {
        return inner.currentSystemTimeMs();
    }

    @Override
    public long currentStreamTimeMs() {
        return inner.currentStreamTimeMs();
    }
}
