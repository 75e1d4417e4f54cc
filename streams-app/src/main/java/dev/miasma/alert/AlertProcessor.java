// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.alert;

import dev.miasma.detect.Detected;
import dev.miasma.detect.Detection;
import dev.miasma.detect.LeakBlock;
import dev.miasma.detect.Level;
import dev.miasma.measure.LogLimit;
import dev.miasma.measure.Measures;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Sends detections out: alarms to the alerts topic, changes of band to the client-risk topic. */
public final class AlertProcessor extends PromptProcessor<Detected> {
    private final AlertWriter writer;
    private final Measures measures;
    private final AlertLog log;
    private final String alerts;
    private final String risks;

    /**
     * A processor for one task.
     *
     * @param log that takes a line for each alert
     * @param pace of transactions that end for the sake of an alert
     * @param alerts name of the node that takes alerts
     * @param risks name of the node that takes client risks
     */
    public AlertProcessor(
            AlertWriter writer, Measures measures, LogLimit log, CommitPace pace, String alerts, String risks) {
        super(pace);
        this.writer = writer;
        this.measures = measures;
        this.log = new AlertLog(log);
        this.alerts = alerts;
        this.risks = risks;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> processorContext) {
        super.init(processorContext);
        for (Level level : List.of(Level.CLIENT, Level.COHORT)) {
            for (String sensor : Detection.sensors(level)) {
                for (Severity severity : Severity.values()) {
                    measures.alarmsExpected(level.code(), sensor, severity.code());
                }
            }
        }
    }

    @Override
    public void process(Record<String, Detected> record) {
        switch (record.value()) {
            case Detection detection -> send(record, detection);
            case Detected.Dropped dropped ->
                context().forward(new Record<>(dropped.subject(), null, record.timestamp()), risks);
            case Detected.ForCohort query -> throw new IllegalStateException("a query came to the alert stage");
            case LeakBlock block -> throw new IllegalStateException("a block of counts came to the alert stage");
        }
    }

    private void send(Record<String, Detected> record, Detection detection) {
        if (detection.alarm() != Detection.Alarm.NONE) {
            measures.alarmed(
                    detection.level().code(),
                    detection.sensor(),
                    Severity.of(detection).code(),
                    detection.alarm().code());
        }
        if (detection.alarm() == Detection.Alarm.SENT) {
            sendPromptly(made(record, detection, writer.alert(detection), AlertWriter.typeOf(detection)), alerts);
            log.sent(detection);
        }
        if (detection.band() != detection.bandBefore()) {
            context().forward(made(record, detection, writer.risk(detection), AlertWriter.RISK_TYPE), risks);
        }
    }

    private Record<String, byte[]> made(
            Record<String, Detected> record, Detection detection, byte[] json, String type) {
        Headers headers = new RecordHeaders();
        for (Map.Entry<String, String> header : writer.headers(detection, type).entrySet()) {
            headers.add(header.getKey(), header.getValue().getBytes(StandardCharsets.UTF_8));
        }
        return new Record<>(record.key(), json, record.timestamp(), headers);
    }
}
