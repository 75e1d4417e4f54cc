// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import dev.miasma.config.NewerFormatException;
import dev.miasma.decode.DeadLetter;
import dev.miasma.decode.RejectReason;
import dev.miasma.decode.Rejection;
import dev.miasma.measure.LogLimit;
import dev.miasma.measure.Measures;
import dev.miasma.measure.NoMeasures;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What happens to a record that a stage fails on, which no data should bring about: it is counted, logged without its
 * content, put aside in the dead-letter topic, and the stream goes on. What a newer release wrote is not put aside: the
 * stream stops, and the release that knows it goes on from there. Nor is a record that Kafka failed on while it was
 * processed, a broker that takes no more or a state folder that cannot be read: the record is good, so the transaction
 * is given up, the thread is replaced, and the record comes again. Kafka Streams makes the instance, so what it needs
 * comes through the settings.
 */
public final class PutAsideHandler implements ProcessingExceptionHandler, DeserializationExceptionHandler {
    static final String MEASURES = "miasma.internal.measures";
    static final String LOG_LIMIT = "miasma.internal.log.limit";
    static final String DEAD_LETTER_TOPIC = "miasma.internal.dead.letter.topic";
    static final String WITH_PAYLOAD = "miasma.internal.dead.letter.payload";

    private static final Logger LOG = LoggerFactory.getLogger(PutAsideHandler.class);

    private Measures measures = new NoMeasures();
    private LogLimit log = new LogLimit(InstantSource.system());
    private String deadLetterTopic = "";
    private boolean withPayload;

    @Override
    public void configure(Map<String, ?> settings) {
        if (settings.get(MEASURES) instanceof Measures given) {
            measures = given;
        }
        if (settings.get(LOG_LIMIT) instanceof LogLimit given) {
            log = given;
        }
        deadLetterTopic = String.valueOf(settings.get(DEAD_LETTER_TOPIC));
        withPayload = Boolean.TRUE.equals(settings.get(WITH_PAYLOAD));
    }

    @Override
    public ProcessingExceptionHandler.Response handleError(
            ErrorHandlerContext context, Record<?, ?> record, Exception error) {
        if (NewerFormatException.among(error) != null || isOfKafka(error)) {
            return ProcessingExceptionHandler.Response.fail();
        }
        if (context.topic() == null) {
            // A call by the wall clock: there is no record to put aside.
            tell(context, context.processorNodeId(), error);
            return ProcessingExceptionHandler.Response.resume();
        }
        return ProcessingExceptionHandler.Response.resume(
                List.of(putAside(context, context.processorNodeId(), context.sourceRawValue(), error)));
    }

    /** A class that a stage did not expect is wrapped by Kafka Streams, and is a fault of ours all the same. */
    private static boolean isOfKafka(Exception error) {
        return error instanceof KafkaException
                && !(error instanceof SerializationException)
                && !(error.getCause() instanceof ClassCastException);
    }

    @Override
    public DeserializationExceptionHandler.Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception error) {
        if (NewerFormatException.among(error) != null) {
            return DeserializationExceptionHandler.Response.fail();
        }
        return DeserializationExceptionHandler.Response.resume(
                List.of(putAside(context, context.processorNodeId(), record.value(), error)));
    }

    private ProducerRecord<byte[], byte[]> putAside(
            ErrorHandlerContext context, String stage, byte[] event, Exception error) {
        tell(context, stage, error);
        DeadLetter letter = DeadLetter.of(
                new Rejection(
                        RejectReason.INTERNAL_ERROR,
                        "stage " + stage + " failed with " + error.getClass().getName()),
                context.topic(),
                context.partition(),
                context.offset(),
                context.timestamp(),
                event,
                withPayload);
        String position = context.topic() + "-" + context.partition() + "-" + context.offset();
        return new ProducerRecord<>(deadLetterTopic, position.getBytes(StandardCharsets.UTF_8), letter.json());
    }

    private void tell(ErrorHandlerContext context, String stage, Exception error) {
        measures.failed(stage);
        log.write(
                LOG,
                Level.ERROR,
                "stage failure",
                line -> line.addKeyValue("stage", stage)
                        .addKeyValue("topic", context.topic())
                        .addKeyValue("partition", context.partition())
                        .addKeyValue("offset", context.offset())
                        .setMessage("stage {} failed on {}-{} offset {}; the record was put aside")
                        .addArgument(stage)
                        .addArgument(context.topic())
                        .addArgument(context.partition())
                        .addArgument(context.offset())
                        .setCause(new WithoutMessage(error)));
    }
}
