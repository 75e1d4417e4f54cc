// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.alert;

import dev.miasma.detect.Detection;
import dev.miasma.measure.Measures;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Sends detections out: alarms to the alerts topic, changes of band to the client-risk topic. */
public final class AlertProcessor implements Processor<String, Detection, String, byte[]> {
    private final AlertWriter writer;
    private final Measures measures;
    private final String alerts;
    private final String risks;
    private @Nullable ProcessorContext<String, byte[]> context;

    /**
     * A processor for one task.
     *
     * @param alerts name of the node that takes alerts
     * @param risks name of the node that takes client risks
     */
    public AlertProcessor(AlertWriter writer, Measures measures, String alerts, String risks) {
        this.writer = writer;
        this.measures = measures;
        this.alerts = alerts;
        this.risks = risks;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> processorContext) {
        context = processorContext;
        for (String sensor : Detection.SENSORS) {
            for (Severity severity : Severity.values()) {
                measures.alarmsExpected(sensor, severity.code());
            }
        }
    }

    @Override
    public void process(Record<String, Detection> record) {
        Detection detection = record.value();
        String severity = Severity.of(detection).code();
        switch (detection.alarm()) {
            case SENT -> {
                measures.alarmed(detection.sensor(), severity, true);
                send(record, writer.alert(detection), AlertWriter.ALERT_TYPE, alerts);
            }
            case HELD -> measures.alarmed(detection.sensor(), severity, false);
            case NONE -> {
                // Only the band changed.
            }
        }
        if (detection.band() != detection.bandBefore()) {
            send(record, writer.risk(detection), AlertWriter.RISK_TYPE, risks);
        }
    }

    private void send(Record<String, Detection> record, byte[] json, String type, String node) {
        Headers headers = new RecordHeaders();
        for (Map.Entry<String, String> header :
                writer.headers(record.value(), type).entrySet()) {
            headers.add(header.getKey(), header.getValue().getBytes(StandardCharsets.UTF_8));
        }
        Objects.requireNonNull(context).forward(new Record<>(record.key(), json, record.timestamp(), headers), node);
    }
}
