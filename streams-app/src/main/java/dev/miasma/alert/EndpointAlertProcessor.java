// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.alert;

import dev.miasma.detect.Detection;
import dev.miasma.detect.EndpointAlert;
import dev.miasma.detect.Level;
import dev.miasma.measure.LogLimit;
import dev.miasma.measure.Measures;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Sends alerts about endpoints to the alerts topic; those inside a cool-down are only counted. */
public final class EndpointAlertProcessor extends PromptProcessor<EndpointAlert> {
    private final EndpointAlertWriter writer;
    private final Measures measures;
    private final AlertLog log;

    /**
     * A processor for one task.
     *
     * @param log that takes a line for each alert
     * @param pace of transactions that end for the sake of an alert
     */
    public EndpointAlertProcessor(EndpointAlertWriter writer, Measures measures, LogLimit log, CommitPace pace) {
        super(pace);
        this.writer = writer;
        this.measures = measures;
        this.log = new AlertLog(log);
    }

    @Override
    public void init(ProcessorContext<String, byte[]> processorContext) {
        super.init(processorContext);
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
        sendPromptly(new Record<>(record.key(), writer.alert(alert), record.timestamp(), headers), null);
        log.sent(alert);
    }
}
