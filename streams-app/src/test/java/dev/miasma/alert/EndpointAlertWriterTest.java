// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.miasma.detect.Detection;
import dev.miasma.detect.EndpointAlert;
import dev.miasma.detect.EndpointAlert.Finding;
import dev.miasma.detect.EndpointAlert.Flagged;
import dev.miasma.detect.MemberShare;
import dev.miasma.fixtures.Schemas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EndpointAlertWriterTest {
    private static final long TIME = 1_795_348_800_000L;
    private static final Finding ABOVE = new EndpointAlert.AboveNull(
            2e7, 1e7, 50, 5000, 4000, 200, 0.01, TIME - 50_000, "c4b4", new MemberShare(0.2, 0.1, 0.3, 4000));
    private static final Finding MORE =
            new EndpointAlert.LeaksMore(2e7, 1e7, "6", new Flagged(4000, 40), new Flagged(3000, 90));
    private static final Finding FLOOD = new EndpointAlert.Flood(TIME, 30_000, 10_000, 12.5);

    private final EndpointAlertWriter writer = new EndpointAlertWriter("miasma", 1, "runbooks/");

    private static EndpointAlert alert(Finding finding, boolean guaranteed) {
        String version = finding instanceof EndpointAlert.Flood ? null : "7";
        return new EndpointAlert("fraud", version, TIME, Detection.Alarm.SENT, 2, guaranteed, finding);
    }

    static Stream<EndpointAlert> alerts() {
        Finding withoutLift = new EndpointAlert.AboveNull(1e300, 1e7, 1, 10, 10, 10, 0, TIME, "c4b4", null);
        Finding fromNothing = new EndpointAlert.LeaksMore(1e299, 1e7, "6", new Flagged(9, 0), new Flagged(9, 9));
        return Stream.of(
                alert(ABOVE, true),
                alert(ABOVE, false),
                alert(withoutLift, true),
                alert(MORE, true),
                alert(MORE, false),
                alert(fromNothing, true),
                alert(FLOOD, false));
    }

    private JsonNode json(EndpointAlert alert) throws IOException {
        return new JsonMapper().readTree(writer.alert(alert));
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void an_alert_is_what_its_schema_says(EndpointAlert alert) {
        String json = new String(writer.alert(alert), StandardCharsets.UTF_8);

        assertThat(Schemas.errors("endpoint-alert", json)).isEmpty();
        assertThat(Schemas.undescribed("endpoint-alert", json)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void the_runbook_of_every_kind_is_there(EndpointAlert alert) throws IOException {
        String runbook = json(alert).path("runbook").asText();

        assertThat(runbook).isEqualTo("runbooks/" + alert.finding().kind() + ".md");
        assertThat(Files.readString(Path.of("..", "src", "docs", runbook)))
                .contains(alert.finding().kind());
    }

    @Test
    void a_version_that_leaks_more_is_told_with_both_rates() throws IOException {
        JsonNode json = json(alert(MORE, true));

        assertThat(json.path("summary").asText())
                .isEqualTo(
                        "Version 7 of fraud leaks more than version 6 before it: 3.00 % of 3000 new scored queries are"
                                + " flagged as leaky, before 1.00 % of 4000; evidence 2.00e+07, threshold 1.00e+07.");
        assertThat(json.path("evidence").path("ratio").asDouble()).isEqualTo(3);
        assertThat(json.path("evidence").path("scored").asLong()).isEqualTo(3000);
        assertThat(json.path("evidence").path("before").path("scored").asLong()).isEqualTo(4000);
        assertThat(json.path("severity").asText()).isEqualTo("high");
        assertThat(json.path("budget").path("promise").asText())
                .isEqualTo("If the version leaks no more than the one before it, this alert ever comes with a chance of"
                        + " at most 1 in 10000000.");
    }

    @Test
    void what_promises_nothing_is_of_medium_severity_and_says_so() throws IOException {
        for (Finding finding : List.of(ABOVE, MORE, FLOOD)) {
            JsonNode json = json(alert(finding, false));
            assertThat(json.path("severity").asText()).isEqualTo("medium");
            assertThat(json.path("budget").path("promise").asText()).startsWith("None: ");
        }
    }

    @Test
    void the_headers_are_those_of_a_cloud_event() {
        EndpointAlert alert = alert(FLOOD, false);

        assertThat(writer.headers(alert))
                .containsEntry("ce_id", EndpointAlertWriter.idOf(alert))
                .containsEntry("ce_type", "dev.miasma.alert.client-flood.v1")
                .containsEntry("ce_source", "/miasma/miasma")
                .containsEntry("ce_subject", "endpoint:fraud")
                .containsEntry("ce_time", "2026-11-22T12:00:00Z")
                .hasSize(7);
    }

    @Test
    void the_same_alarm_has_the_same_id_and_another_has_another() {
        List<String> ids = Stream.of(alert(ABOVE, true), alert(MORE, true), alert(FLOOD, false))
                .map(EndpointAlertWriter::idOf)
                .toList();

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(EndpointAlertWriter.idOf(alert(ABOVE, false))).isEqualTo(ids.getFirst());
    }
}
