// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.alert;

import dev.miasma.detect.Detection;
import dev.miasma.detect.EndpointAlert;
import dev.miasma.detect.Level;
import dev.miasma.measure.LogLimit;
import dev.miasma.measure.Measures;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Sends alerts about endpoints to the alerts topic; those inside a cool-down are only counted. */
public final class EndpointAlertProcessor implements Processor<String, EndpointAlert, String, byte[]> {
    private final EndpointAlertWriter writer;
    private final Measures measures;
    private final AlertLog log;
    private @Nullable ProcessorContext<String, byte[]> context;

    /**
     * A processor for one task.
     *
     * @param log that takes a line for each alert
     */
    public EndpointAlertProcessor(EndpointAlertWriter writer, Measures measures, LogLimit log) {
        this.writer = writer;
        this.measures = measures;
        this.log = new AlertLog(log);
    }

    @Override
    public void init(ProcessorContext<String, byte[]> processorContext) {
        context = processorContext;
        for (String kind : EndpointAlert.KINDS) {
            for (Severity severity : new Severity[] {Severity.MEDIUM, Severity.HIGH}) {
                measures.alarmsExpected(Level.ENDPOINT.code(), kind, severity.code());
            }
        }
    }

    @Override
    public void process(Record<String, EndpointAlert> record) {
        EndpointAlert alert = record.value();
        measures.alarmed(
                Level.ENDPOINT.code(),
                alert.finding().kind(),
                Severity.of(alert).code(),
                alert.alarm().code());
        if (alert.alarm() != Detection.Alarm.SENT) {
            return;
        }
        Headers headers = new RecordHeaders();
        writer.headers(alert).forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        Objects.requireNonNull(context)
                .forward(new Record<>(record.key(), writer.alert(alert), record.timestamp(), headers));
        log.sent(alert);
    }
}
