// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import dev.miasma.decode.Decoded;
import dev.miasma.decode.Original;
import dev.miasma.measure.LogLimit;
import dev.miasma.measure.Measures;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Feeds the sanitiser; what it gives goes on with the record's own key, headers and time, for its own partition. */
public final class SanitiseProcessor implements Processor<String, Decoded, PlacedKeySerde.PlacedKey, byte[]> {
    private final Sanitiser sanitiser;
    private @Nullable ProcessorContext<PlacedKeySerde.PlacedKey, byte[]> context;

    /**
     * A processor for one task.
     *
     * @param defences of which the one for passing on is used
     * @param measures told what becomes of every prediction
     * @param log that takes a line for each that is held back
     */
    public SanitiseProcessor(LiveDefences defences, Measures measures, LogLimit log) {
        sanitiser = new Sanitiser(defences.sanitising(), measures, log);
        Sanitiser.Result.codes().forEach(measures::sanitisingExpected);
    }

    @Override
    public void init(ProcessorContext<PlacedKeySerde.PlacedKey, byte[]> processorContext) {
        context = processorContext;
    }

    @Override
    public void process(Record<String, Decoded> decoded) {
        ProcessorContext<PlacedKeySerde.PlacedKey, byte[]> out = Objects.requireNonNull(context);
        Original original = (Original) decoded.value();
        byte[] event = sanitiser.sanitise(original);
        if (event != null) {
            int partition = out.recordMetadata().map(RecordMetadata::partition).orElseThrow();
            out.forward(decoded.withKey(new PlacedKeySerde.PlacedKey(original.key(), partition))
                    .withValue(event));
        }
    }
}
