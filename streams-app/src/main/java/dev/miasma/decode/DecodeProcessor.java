// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import dev.miasma.measure.LogLimit;
import dev.miasma.measure.Measures;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
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

    /** Where a record stands. */
    private record Place(String topic, int partition, long offset) {
        static Place of(@Nullable RecordMetadata metadata) {
            return metadata == null
                    ? new Place("", -1, -1)
                    : new Place(metadata.topic(), metadata.partition(), metadata.offset());
        }

        String position() {
            return topic + "-" + partition + "-" + offset;
        }
    }

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
        Place place = Place.of(out.recordMetadata().orElse(null));
        switch (decoder.decode(event.value(), arrival(event, place))) {
            case Prediction prediction -> {
                predicted(event, prediction, out);
                passOn(event, prediction, prediction.client(), out);
            }
            case Batch batch -> rows(event, batch, place, out);
            case Rejection rejection ->
                rejected(event, rejection, place, place.position(), wiring.deadLetterPayload(), out);
            case DeadLetter letter -> throw new IllegalStateException("the decoder writes no dead letters");
            case Original original -> throw new IllegalStateException("the decoder passes on no records");
        }
    }

    /** Each row is scored before the next is decoded, as it would be in an event of its own. */
    private void rows(Record<byte[], byte[]> event, Batch batch, Place place, ProcessorContext<String, Decoded> out) {
        // One payload is enough: a thousand bad rows would make a thousand copies of the event.
        boolean payload = wiring.deadLetterPayload();
        String client = null;
        for (int i = 0; i < batch.size(); i++) {
            Decoded row = batch.row(i);
            if (row instanceof Prediction prediction) {
                client = prediction.client();
                predicted(event, prediction, out);
            } else if (row instanceof Rejection rejection) {
                rejected(event, rejection, place, Batch.name(place.position(), i), payload, out);
                payload = false;
            }
        }
        if (client != null) {
            passOn(event, batch, client, out);
        }
    }

    private void predicted(Record<byte[], byte[]> event, Prediction prediction, ProcessorContext<String, Decoded> out) {
        measures.received();
        out.forward(
                new Record<>(prediction.client(), prediction, decoder.stamp(event.timestamp())), wiring.predictions());
    }

    private void passOn(
            Record<byte[], byte[]> event, Answered answered, String client, ProcessorContext<String, Decoded> out) {
        if (!wiring.originals().isEmpty()) {
            Original original = new Original(event.key(), event.value(), answered);
            out.forward(
                    event.withKey(client).withValue((Decoded) original).withTimestamp(decoder.stamp(event.timestamp())),
                    wiring.originals());
        }
    }

    private void rejected(
            Record<byte[], byte[]> event,
            Rejection rejection,
            Place place,
            String name,
            boolean payload,
            ProcessorContext<String, Decoded> out) {
        String reason = rejection.reason().code();
        measures.received();
        measures.rejected(reason);
        tell(reason, place);
        DeadLetter letter = DeadLetter.of(
                rejection, place.topic(), place.partition(), place.offset(), event.timestamp(), event.value(), payload);
        Headers headers = new RecordHeaders().add(REASON_HEADER, reason.getBytes(StandardCharsets.UTF_8));
        // A key of its own: one key for all would put a flood of them in one partition.
        out.forward(new Record<>(name, letter, decoder.stamp(event.timestamp()), headers), wiring.deadLetters());
    }

    /** Without the rejection's message: what it says of a field may come from the event. */
    private void tell(String reason, Place place) {
        log.write(
                LOG,
                Level.WARN,
                "rejected",
                line -> line.addKeyValue("reason", reason)
                        .addKeyValue("topic", place.topic())
                        .addKeyValue("partition", place.partition())
                        .addKeyValue("offset", place.offset())
                        .setMessage("event rejected: {} at {}-{} offset {}")
                        .addArgument(reason)
                        .addArgument(place.topic())
                        .addArgument(place.partition())
                        .addArgument(place.offset()));
    }

    private Arrival arrival(Record<byte[], byte[]> event, Place place) {
        String client = wiring.clientHeader().isEmpty() ? null : header(event.headers(), wiring.clientHeader());
        return new Arrival(place::position, event.timestamp(), client, header(event.headers(), TRACE_HEADER));
    }

    private static @Nullable String header(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        if (header == null || header.value() == null || header.value().length == 0) {
            return null;
        }
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
