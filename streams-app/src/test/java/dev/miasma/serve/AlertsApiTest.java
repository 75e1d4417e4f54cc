// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertsApiTest {
    private final ServedApi api = new ServedApi();

    @AfterEach
    void stop() {
        api.close();
    }

    private static String time(int second) {
        return "2026-01-01T00:%02d:%02dZ".formatted(second / 60, second % 60);
    }

    private static List<String> ids(JsonNode page) {
        return page.path("items")
                .valueStream()
                .map(item -> item.path("id").asText())
                .toList();
    }

    @Test
    void the_newest_come_first_whatever_order_they_came_in() throws Exception {
        api.alerts.add(ServedApi.alert("b", "2026-01-01T00:00:01Z", "high", "x"), true);
        api.alerts.add(ServedApi.alert("c", "2026-01-01T00:00:01.001Z", "high", "x"), true);
        api.alerts.add(ServedApi.alert("a", "2026-01-01T00:00:00.999999Z", "high", "x"), true);

        assertThat(ids(api.get("/api/v1/alerts").json())).containsExactly("c", "b", "a");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100, 101, 500})
    void pages_show_every_alert_once(int limit) throws Exception {
        for (int i = 0; i < 100; i++) {
            api.alerts.add(ServedApi.alert("alert-" + i, time(i / 4), "high", "x"), true);
        }

        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = api.get("/api/v1/alerts?limit=" + limit + cursor).json();
            assertThat(page.path("total").asInt()).isEqualTo(100);
            seen.addAll(ids(page));
            cursor = page.path("next").isNull()
                    ? ""
                    : "&cursor=" + page.path("next").asText();
        } while (!cursor.isEmpty());

        assertThat(seen).hasSize(100).doesNotHaveDuplicates();
        assertThat(seen.getFirst()).isEqualTo("alert-96");
        assertThat(seen.getLast()).isEqualTo("alert-3");
    }

    @Test
    void an_alert_that_comes_while_somebody_pages_does_not_move_the_pages() throws Exception {
        api.alerts.add(ServedApi.alert("old", time(1), "high", "x"), true);
        api.alerts.add(ServedApi.alert("newer", time(2), "high", "x"), true);
        String next = api.get("/api/v1/alerts?limit=1").json().path("next").asText();

        api.alerts.add(ServedApi.alert("newest", time(3), "high", "x"), true);

        assertThat(ids(api.get("/api/v1/alerts?limit=1&cursor=" + next).json())).containsExactly("old");
    }

    @ParameterizedTest
    @CsvSource({
        "severity=medium, flood",
        "severity=critical, ''",
        "level=client, probe",
        "level=endpoint, flood",
        "client=x, probe",
        "client=y, ''",
        "endpoint=shop, flood+probe",
        "endpoint=sho, ''"
    })
    void filters(String query, String expected) throws Exception {
        api.alerts.add(ServedApi.alert("probe", time(1), "high", "x"), true);
        api.alerts.add(ServedApi.alert("flood", time(2), "medium", null), true);

        JsonNode page = api.get("/api/v1/alerts?" + query).json();

        assertThat(String.join("+", ids(page))).isEqualTo(expected);
        assertThat(page.path("total").asInt()).isEqualTo(ids(page).size());
    }

    @Test
    void an_alert_has_its_event_and_the_evidence_until_then() throws Exception {
        api.add("x", "alarmed", 0);
        api.alerts.add(ServedApi.alert("probe", time(1), "high", "x"), true);

        JsonNode alert = api.get("/api/v1/alerts/probe").json();

        assertThat(alert.path("headline").asText()).isEqualTo("something");
        assertThat(alert.path("evidence").asDouble()).isEqualTo(6);
        assertThat(alert.path("queries").asInt()).isEqualTo(17);
        assertThat(alert.path("event").path("evidence").path("value").asDouble())
                .isEqualTo(1e6);
        assertThat(alert.path("path").path("points")).hasSize(1);
    }

    @Test
    void an_alert_without_a_path_is_shown_all_the_same() throws Exception {
        api.alerts.add(ServedApi.alert("probe", time(1), "high", "gone"), true);
        api.alerts.add(ServedApi.alert("flood", time(1), "medium", null), true);
        api.rebalancing = true;

        assertThat(api.get("/api/v1/alerts/probe").json().path("path").isNull()).isTrue();
        assertThat(api.get("/api/v1/alerts/flood").json().path("path").isNull()).isTrue();
    }

    @Test
    void the_same_alert_twice_is_kept_and_told_once() {
        AlertLog log = new AlertLog();
        List<String> told = new ArrayList<>();
        log.listen(alert -> told.add(alert.id()));

        assertThat(log.add(ServedApi.alert("a", time(1), "high", "x"), true)).isTrue();
        assertThat(log.add(ServedApi.alert("a", time(1), "high", "x"), true)).isTrue();
        assertThat(log.add(ServedApi.alert("before", time(0), "high", "x"), false))
                .isTrue();

        assertThat(told).containsExactly("a");
        assertThat(log.find(alert -> true, null, 10).total()).isEqualTo(2);
        assertThat(log.bySeverity()).containsEntry("high", 2L).containsEntry("critical", 0L);
    }

    @Test
    void beyond_its_bound_the_oldest_goes() {
        AlertLog log = new AlertLog(3);

        for (int i : new int[] {5, 1, 4, 2, 3}) {
            log.add(ServedApi.alert("alert-" + i, time(i), "high", "x"), true);
        }

        assertThat(log.find(alert -> true, null, 10).items())
                .extracting(AlertItem::id)
                .containsExactly("alert-5", "alert-4", "alert-3");
        assertThat(log.of("alert-1")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "null",
                "[]",
                "{}",
                "{\"id\":1}",
                "{\"id\":\"a\",\"kind\":\"k\",\"time\":\"yesterday\",\"severity\":\"high\",\"endpoint\":\"e\",\"summary\":\"s\",\"runbook\":\"r\"}",
                "{\"id\":\"a\",\"kind\":\"k\",\"time\":\"2026-01-01T00:00:00Z\",\"severity\":\"loud\",\"endpoint\":\"e\",\"summary\":\"s\",\"runbook\":\"r\"}"
            })
    void what_is_no_alert_is_passed_over(String event) {
        AlertLog log = new AlertLog();

        assertThat(log.add(event.getBytes(StandardCharsets.UTF_8), true)).isFalse();
        assertThat(log.find(alert -> true, null, 10).total()).isZero();
    }

    @Test
    void what_is_far_too_large_is_no_alert() {
        byte[] alert = ServedApi.alert("a".repeat(AlertLog.MOST_BYTES), time(1), "high", "x");

        assertThat(new AlertLog().add(alert, true)).isFalse();
    }
}
