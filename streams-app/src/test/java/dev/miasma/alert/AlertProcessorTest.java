// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.detect.Detected;
import dev.miasma.detect.Detection;
import dev.miasma.detect.RiskBand;
import dev.miasma.measure.InMemoryMeasures;
import dev.miasma.measure.LogLimit;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertProcessorTest {
    private final List<Detection> detections = new ArrayList<>();
    private final InMemoryMeasures measures = new InMemoryMeasures();
    private final TopologyTestDriver driver = new TopologyTestDriver(topology());
    private final TestInputTopic<String, String> input =
            driver.createInputTopic("in", new StringSerializer(), new StringSerializer());
    private final TestOutputTopic<String, String> alerts =
            driver.createOutputTopic("alerts", new StringDeserializer(), new StringDeserializer());
    private final TestOutputTopic<String, String> risks =
            driver.createOutputTopic("risks", new StringDeserializer(), new StringDeserializer());

    private Topology topology() {
        var writer = new AlertWriter("miasma", 1, "runbooks/");
        return new Topology()
                .addSource("source", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "in")
                .addProcessor("detections", Feed::new, "source")
                .addProcessor(
                        "alert",
                        () -> new AlertProcessor(
                                writer,
                                measures,
                                new LogLimit(InstantSource.system()),
                                new CommitPace(0, 1_000),
                                "to-alerts",
                                "to-risks"),
                        "detections")
                .addSink("to-alerts", "alerts", new StringSerializer(), new ByteArraySerializer(), "alert")
                .addSink("to-risks", "risks", new StringSerializer(), new ByteArraySerializer(), "alert");
    }

    /** Turns a record into the detection that the test has ready. */
    private final class Feed extends ContextualProcessor<byte[], byte[], String, Detected> {
        @Override
        public void process(Record<byte[], byte[]> record) {
            Detection detection = detections.removeFirst();
            context().forward(new Record<>(detection.subject(), detection, record.timestamp()));
        }
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private void detect(Detection.Alarm alarm, @Nullable RiskBand before, RiskBand band) {
        detections.add(Detections.detection(alarm, before, band, true, 0.01, "acme"));
        input.pipeInput("key", "value", 5000);
    }

    private static String header(TestRecord<String, String> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Test
    void an_alarm_becomes_an_alert_and_a_change_of_risk_as_cloud_events() {
        detect(Detection.Alarm.SENT, RiskBand.HIGH, RiskBand.ALARMED);

        TestRecord<String, String> alert = alerts.readRecord();
        TestRecord<String, String> risk = risks.readRecord();
        assertThat(alert.key()).isEqualTo("0a1b@fraud");
        assertThat(alert.timestamp()).isEqualTo(5000);
        assertThat(header(alert, "ce_type")).isEqualTo(AlertWriter.ALERT_TYPE);
        assertThat(alert.value()).contains("\"id\":\"" + header(alert, "ce_id") + "\"");
        assertThat(alert.headers().toArray()).hasSize(7);
        assertThat(risk.key()).isEqualTo("0a1b@fraud");
        assertThat(header(risk, "ce_type")).isEqualTo(AlertWriter.RISK_TYPE);
        assertThat(risk.value()).contains("\"band\":\"alarmed\"");
        assertThat(measures.alertsSentCount()).isEqualTo(1);
    }

    @Test
    void a_held_alarm_is_counted_and_nothing_is_sent() {
        detect(Detection.Alarm.HELD, RiskBand.ALARMED, RiskBand.ALARMED);

        assertThat(alerts.isEmpty()).isTrue();
        assertThat(risks.isEmpty()).isTrue();
        assertThat(measures.alertsHeldCount()).isEqualTo(1);
        assertThat(measures.alertsSentCount()).isZero();
    }

    @Test
    void a_second_alert_in_the_same_band_is_no_change_of_risk() {
        detect(Detection.Alarm.SENT, RiskBand.ALARMED, RiskBand.ALARMED);

        assertThat(alerts.getQueueSize()).isEqualTo(1);
        assertThat(risks.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"LOW, HIGH", "ALARMED, LOW", ", ELEVATED"})
    void a_change_of_band_alone_is_no_alert(@Nullable RiskBand before, RiskBand band) {
        detect(Detection.Alarm.NONE, before, band);

        assertThat(alerts.isEmpty()).isTrue();
        assertThat(risks.readValue()).contains("\"band\":\"" + band.code() + "\"");
        assertThat(measures.alertsSentCount()).isZero();
    }
}
