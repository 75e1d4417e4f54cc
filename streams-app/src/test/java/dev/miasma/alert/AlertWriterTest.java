// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.miasma.detect.Detection;
import dev.miasma.detect.RiskBand;
import dev.miasma.fixtures.Schemas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AlertWriterTest {
    private final AlertWriter writer = new AlertWriter("miasma", 1, "runbooks/");

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    private static Detection sent(boolean guaranteed, double nullShare, @Nullable String cohort) {
        return Detections.detection(
                Detection.Alarm.SENT, RiskBand.HIGH, RiskBand.ALARMED, guaranteed, nullShare, cohort);
    }

    private JsonNode alert(Detection detection) throws IOException {
        return new JsonMapper().readTree(writer.alert(detection));
    }

    @ParameterizedTest
    @CsvSource({"true, 0.01, acme", "false, 0.01, acme", "true, 0, acme", "true, 0.01,"})
    void an_alert_is_what_its_schema_says(boolean guaranteed, double nullShare, @Nullable String cohort) {
        String json = text(writer.alert(sent(guaranteed, nullShare, cohort)));

        assertThat(Schemas.errors("alert", json)).isEmpty();
        assertThat(Schemas.undescribed("alert", json)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(RiskBand.class)
    void a_client_risk_is_what_its_schema_says(RiskBand band) {
        String json = text(writer.risk(Detections.detection(Detection.Alarm.NONE, null, band, true, 0.01, null)));

        assertThat(Schemas.errors("client-risk", json)).isEmpty();
        assertThat(Schemas.undescribed("client-risk", json)).isEmpty();
    }

    @Test
    void the_schema_of_client_risk_knows_every_band() {
        assertThat(StreamSupport.stream(
                                Schemas.read("client-risk")
                                        .at("/properties/band/enum")
                                        .spliterator(),
                                false)
                        .map(band -> band.asText()))
                .containsExactlyElementsOf(RiskBand.codes());
    }

    @Test
    void an_alert_tells_what_was_seen() throws IOException {
        JsonNode alert = alert(Detections.sent());

        assertThat(alert.path("kind").asText()).isEqualTo("membership-probe");
        assertThat(alert.path("time").asText()).isEqualTo("2026-11-22T12:00:00.123Z");
        assertThat(alert.path("alarm").asInt()).isEqualTo(2);
        assertThat(alert.path("model").path("id").asText()).isEqualTo("c4b4b5ab7f92");
        JsonNode evidence = alert.path("evidence");
        assertThat(evidence.path("value").asDouble()).isEqualTo(1_234_567.89);
        assertThat(evidence.path("queries").asInt()).isEqualTo(50);
        assertThat(evidence.path("aboveMedianShare").asDouble()).isEqualTo(0.9);
        assertThat(evidence.path("flaggedShare").asDouble()).isEqualTo(0.3);
        assertThat(evidence.path("lift").asDouble()).isEqualTo(30);
        assertThat(evidence.path("since").asText()).isEqualTo("2026-11-22T11:46:40Z");
        assertThat(evidence.path("triggeredBy").asText()).isEqualTo("q-9");
        assertThat(alert.path("atlas").path("techniques").get(0).asText()).isEqualTo("AML.T0024.000");
        assertThat(alert.path("summary").asText())
                .isEqualTo("Client 0a1b is probing fraud for training members: of its 40 distinct scored queries 90 % "
                        + "score above the median known non-member (50 % expected), 30.0 % are flagged as leaky (1.0 "
                        + "% expected); evidence 1.23e+06, threshold 1.00e+06.");
    }

    @Test
    void there_is_no_lift_over_nothing() throws IOException {
        assertThat(alert(sent(true, 0, "acme")).path("evidence").has("lift")).isFalse();
    }

    @Test
    void an_alert_estimates_how_many_of_the_queries_are_training_members() throws IOException {
        JsonNode share = alert(Detections.sent()).path("evidence").path("memberShare");

        assertThat(share.path("share").asDouble()).isEqualTo(0.4);
        assertThat(share.path("low").asDouble()).isEqualTo(0.25);
        assertThat(share.path("high").asDouble()).isEqualTo(0.55);
        assertThat(share.path("queries").asLong()).isEqualTo(40);
    }

    @Test
    void without_a_known_model_there_is_no_estimate() throws IOException {
        String json = text(writer.alert(Detections.withoutMemberShare()));

        assertThat(Schemas.errors("alert", json)).isEmpty();
        assertThat(new JsonMapper()
                        .readTree(json)
                        .path("evidence")
                        .path("memberShare")
                        .isNull())
                .isTrue();
    }

    @Test
    void an_alert_whose_calibration_bears_the_budget_says_so() throws IOException {
        JsonNode alert = alert(sent(true, 0.01, "acme"));

        assertThat(alert.path("severity").asText()).isEqualTo("high");
        assertThat(alert.path("budget").path("guaranteed").asBoolean()).isTrue();
        assertThat(alert.path("budget").path("promise").asText())
                .isEqualTo("At most 1 expected false alerts per million queries of benign clients, over all clients "
                        + "together.");
    }

    @Test
    void an_alert_whose_calibration_does_not_promises_nothing() throws IOException {
        JsonNode alert = alert(sent(false, 0.01, "acme"));

        assertThat(alert.path("severity").asText()).isEqualTo("medium");
        assertThat(alert.path("budget").path("guaranteed").asBoolean()).isFalse();
        assertThat(alert.path("budget").path("falseAlertsPerMillion").asDouble())
                .isEqualTo(1);
        assertThat(alert.path("budget").path("promise").asText())
                .startsWith("None: the calibration of this attack model is too small, or not made of the model's own "
                        + "non-members");
    }

    @ParameterizedTest
    @CsvSource({"2.5, 2.5", "100000, 100000", "0.001, 0.001"})
    void the_promise_names_the_declared_budget(double budget, String inWords) {
        assertThat(text(new AlertWriter("miasma", budget, "").alert(Detections.sent())))
                .contains("At most " + inWords + " expected false alerts");
    }

    @Test
    void the_same_alarm_has_the_same_id_however_often_it_is_computed() {
        String id = AlertWriter.idOf(Detections.sent());

        assertThat(AlertWriter.idOf(Detections.sent())).isEqualTo(id).isEqualTo("2768e92f-e8a4-30f0-ba17-10692a5febc0");
        assertThat(writer.headers(Detections.sent(), AlertWriter.ALERT_TYPE)).containsEntry("ce_id", id);
    }

    @ParameterizedTest
    @CsvSource({"0a1c, fraud, q-9, 2", "0a1b, churn, q-9, 2", "0a1b, fraud, q-8, 2", "0a1b, fraud, q-9, 3"})
    void another_alarm_has_another_id(String client, String endpoint, String queryId, int alarms) {
        Detection d = Detections.sent();
        var other = new Detection(
                d.level(),
                client,
                endpoint,
                d.version(),
                d.cohort(),
                d.timeMillis(),
                queryId,
                d.sensor(),
                d.sensorNull(),
                d.alarm(),
                d.evidence(),
                d.threshold(),
                d.observed(),
                alarms,
                d.step(),
                d.bandBefore(),
                d.band(),
                d.modelId(),
                d.budgetGuaranteed(),
                d.memberShare());

        assertThat(AlertWriter.idOf(other)).isNotEqualTo(AlertWriter.idOf(d));
    }

    @Test
    void the_headers_are_those_of_a_cloud_event() {
        String id = AlertWriter.idOf(Detections.sent());

        assertThat(writer.headers(Detections.sent(), AlertWriter.RISK_TYPE))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", id + "-risk",
                        "ce_source", "/miasma/miasma",
                        "ce_type", "dev.miasma.client-risk.v1",
                        "ce_time", "2026-11-22T12:00:00.123Z",
                        "ce_subject", "0a1b@fraud",
                        "content-type", "application/json"));
    }
}
