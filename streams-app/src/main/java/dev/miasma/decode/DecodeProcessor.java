// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import dev.miasma.measure.LogLimit;
import dev.miasma.measure.Measures;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Feeds the decoder: predictions go on to the score stage, everything else to the dead letters. */
public final class DecodeProcessor implements Processor<byte[], byte[], String, Decoded> {
    /** Header of a dead letter with the code of the reason, to filter by without reading the value. */
    public static final String REASON_HEADER = "miasma-reason";

    private static final Logger LOG = LoggerFactory.getLogger(DecodeProcessor.class);
    private static final String TRACE_HEADER = "traceparent";

    private final EventDecoder decoder;
    private final Measures measures;
    private final LogLimit log;
    private final Wiring wiring;
    private @Nullable ProcessorContext<String, Decoded> context;

    /**
     * Where the outcomes go.
     *
     * @param clientHeader header that names the client; empty for none
     * @param deadLetterPayload whether dead letters carry the event
     * @param predictions name of the node that takes predictions
     * @param originals name of the node that takes predictions with their records, after the other; empty for none
     * @param deadLetters name of the node that takes dead letters
     */
    public record Wiring(
            String clientHeader, boolean deadLetterPayload, String predictions, String originals, String deadLetters) {}

    /**
     * A processor for one task.
     *
     * @param log that takes a line, without content, for each event that is rejected
     */
    public DecodeProcessor(EventDecoder decoder, Measures measures, LogLimit log, Wiring wiring) {
        this.decoder = decoder;
        this.measures = measures;
        this.log = log;
        this.wiring = wiring;
    }

    @Override
    public void init(ProcessorContext<String, Decoded> processorContext) {
        context = processorContext;
    }

    @Override
    public void process(Record<byte[], byte[]> event) {
        ProcessorContext<String, Decoded> out = Objects.requireNonNull(context);
        Optional<RecordMetadata> metadata = out.recordMetadata();
        String topic = metadata.map(RecordMetadata::topic).orElse("");
        int partition = metadata.map(RecordMetadata::partition).orElse(-1);
        long offset = metadata.map(RecordMetadata::offset).orElse(-1L);
        String position = topic + "-" + partition + "-" + offset;
        long stamp = decoder.stamp(event.timestamp());
        measures.received();
        switch (decoder.decode(event.value(), arrival(event, position))) {
            case Prediction prediction -> {
                out.forward(new Record<>(prediction.client(), prediction, stamp), wiring.predictions());
                if (!wiring.originals().isEmpty()) {
                    Original original = new Original(event.key(), event.value(), prediction);
                    out.forward(
                            event.withKey(prediction.client())
                                    .withValue(original)
                                    .withTimestamp(stamp),
                            wiring.originals());
                }
            }
            case Rejection rejection -> {
                measures.rejected(rejection.reason().code());
                tell(rejection.reason().code(), topic, partition, offset);
                DeadLetter letter = DeadLetter.of(
                        rejection,
                        topic,
                        partition,
                        offset,
                        event.timestamp(),
                        event.value(),
                        wiring.deadLetterPayload());
                Headers headers = new RecordHeaders()
                        .add(REASON_HEADER, rejection.reason().code().getBytes(StandardCharsets.UTF_8));
                // A key of its own: one key for all would put a flood of them in one partition.
                out.forward(new Record<>(position, letter, stamp, headers), wiring.deadLetters());
            }
            case DeadLetter letter -> throw new IllegalStateException("the decoder writes no dead letters");
            case Original original -> throw new IllegalStateException("the decoder passes on no records");
        }
    }

    /** Without the rejection's message: what it says of a field may come from the event. */
    private void tell(String reason, String topic, int partition, long offset) {
        log.write(
                LOG,
                Level.WARN,
                "rejected",
                line -> line.addKeyValue("reason", reason)
                        .addKeyValue("topic", topic)
                        .addKeyValue("partition", partition)
                        .addKeyValue("offset", offset)
                        .setMessage("event rejected: {} at {}-{} offset {}")
                        .addArgument(reason)
                        .addArgument(topic)
                        .addArgument(partition)
                        .addArgument(offset));
    }

    private Arrival arrival(Record<byte[], byte[]> event, String position) {
        String client = wiring.clientHeader().isEmpty() ? null : header(event.headers(), wiring.clientHeader());
        return new Arrival(position, event.timestamp(), client, header(event.headers(), TRACE_HEADER));
    }

    private static @Nullable String header(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        if (header == null || header.value() == null || header.value().length == 0) {
            return null;
        }
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
