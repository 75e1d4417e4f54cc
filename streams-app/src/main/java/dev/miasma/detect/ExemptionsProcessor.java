// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Takes the exemptions of a compacted topic, on every instance all of them. */
public final class ExemptionsProcessor implements Processor<String, byte[], Void, Void> {
    /** Name of the global store. */
    public static final String STORE = "exemptions";

    private final Exemptions exemptions;
    private @Nullable KeyValueStore<String, byte[]> store;

    /** A processor that feeds the exemptions in force. */
    public ExemptionsProcessor(Exemptions exemptions) {
        this.exemptions = exemptions;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        store = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        if (record.key() != null) {
            Objects.requireNonNull(store).put(record.key(), record.value());
        }
        exemptions.take(record.key(), record.value());
    }
}
