// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MicrometerMeasuresTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    private final MicrometerMeasures measures =
            new MicrometerMeasures(2, List.of("sum-off", "not-json"), List.of("label-only"), List.of("low", "alarmed"));

    private static ScoredAnswer answer(String endpoint, String version, double score, @Nullable String trace) {
        return new ScoredAnswer(endpoint, version, score, score > 0.9, 0.01, 10, trace, trace == null ? null : SPAN);
    }

    private List<String> lines() {
        return measures.registry().scrape().lines().toList();
    }

    @Test
    void every_count_that_is_known_of_starts_as_a_zero() {
        measures.alarmsExpected("client", "member-likeness", "high");

        assertThat(lines())
                .contains(
                        "miasma_received_total 0.0",
                        "miasma_rejected_total{reason=\"sum-off\"} 0.0",
                        "miasma_rejected_total{reason=\"not-json\"} 0.0",
                        "miasma_unscorable_total{reason=\"label-only\"} 0.0",
                        "miasma_detected_total{first_sight=\"true\"} 0.0",
                        "miasma_detected_total{first_sight=\"false\"} 0.0",
                        "miasma_clients{band=\"low\"} 0.0",
                        "miasma_clients{band=\"alarmed\"} 0.0",
                        "miasma_model_loads_total{result=\"loaded\"} 0.0",
                        "miasma_model_loads_total{result=\"broken\"} 0.0",
                        "miasma_cardinality_capped_total 0.0",
                        "miasma_alerts_total{level=\"client\",sensor=\"member-likeness\",severity=\"high\"} 0.0",
                        "miasma_alerts_held_total{level=\"client\",sensor=\"member-likeness\",severity=\"high\"} 0.0");
    }

    @Test
    void counts_what_it_is_told() {
        measures.received();
        measures.received();
        measures.rejected("sum-off");
        measures.unscorable("label-only");
        measures.detected(true);
        measures.detected(false);
        measures.alarmed("client", "member-likeness", "high", "sent");
        measures.alarmed("client", "member-likeness", "medium", "held");
        measures.failed("score");
        measures.modelLoaded(false);
        measures.modelInForce(new ModelInForce("default", 999, false));
        measures.modelInForce(new ModelInForce("default", 5000, true));

        assertThat(lines())
                .contains(
                        "miasma_received_total 2.0",
                        "miasma_rejected_total{reason=\"sum-off\"} 1.0",
                        "miasma_unscorable_total{reason=\"label-only\"} 1.0",
                        "miasma_detected_total{first_sight=\"true\"} 1.0",
                        "miasma_detected_total{first_sight=\"false\"} 1.0",
                        "miasma_alerts_total{level=\"client\",sensor=\"member-likeness\",severity=\"high\"} 1.0",
                        "miasma_alerts_held_total{level=\"client\",sensor=\"member-likeness\",severity=\"medium\"} 1.0",
                        "miasma_stage_failures_total{stage=\"score\"} 1.0",
                        "miasma_model_loads_total{result=\"broken\"} 1.0",
                        "miasma_model_non_members{model=\"default\"} 5000.0",
                        "miasma_model_budget_guaranteed{model=\"default\"} 1.0");
    }

    @Test
    void clients_move_from_band_to_band_and_leave() {
        measures.bandChanged("client", "", "low");
        measures.bandChanged("client", "", "low");
        measures.bandChanged("client", "low", "alarmed");
        measures.bandChanged("client", "low", "");

        assertThat(lines()).contains("miasma_clients{band=\"low\"} 0.0", "miasma_clients{band=\"alarmed\"} 1.0");
    }

    @Test
    void measures_each_endpoint_and_version_apart() {
        measures.scored(answer("fraud", "7", 0.95, null));
        measures.scored(answer("fraud", "7", 0.25, null));
        measures.scored(answer("fraud", "8", 0.25, null));

        String labels = "{endpoint=\"fraud\",version=\"7\"}";
        assertThat(lines())
                .contains(
                        "miasma_scored_total" + labels + " 2.0",
                        "miasma_flagged_total" + labels + " 1.0",
                        "miasma_represented_queries_total" + labels + " 20.0",
                        "miasma_attack_score_count" + labels + " 2",
                        "miasma_attack_score_bucket{endpoint=\"fraud\",version=\"7\",le=\"0.2\"} 0",
                        "miasma_attack_score_bucket{endpoint=\"fraud\",version=\"7\",le=\"0.3\"} 1",
                        "miasma_attack_score_bucket{endpoint=\"fraud\",version=\"7\",le=\"+Inf\"} 2",
                        "miasma_flagged_null_share" + labels + " 0.01",
                        "miasma_scored_total{endpoint=\"fraud\",version=\"8\"} 1.0",
                        "miasma_flagged_total{endpoint=\"fraud\",version=\"8\"} 0.0");
        assertThat(value("miasma_leak_lift" + labels)).isEqualTo(50, within(0.01));
        assertThat(value("miasma_flagged_share" + labels)).isEqualTo(0.5, within(0.0001));
    }

    private double value(String series) {
        return lines().stream()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
                .findFirst()
                .orElse(Double.NaN);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-3.5, -0.0, 0, 0.5, 1, 7})
    void the_histogram_counts_every_answer_whatever_its_score(double score) {
        measures.scored(answer("fraud", "7", score, null));

        assertThat(lines()).contains("miasma_attack_score_count{endpoint=\"fraud\",version=\"7\"} 1");
    }

    @Test
    void endpoints_beyond_the_limit_share_one_series() {
        measures.scored(answer("a", "1", 0.5, null));
        measures.scored(answer("a", "2", 0.5, null));
        for (int i = 0; i < 100; i++) {
            measures.scored(answer("flood-" + i, "1", 0.5, null));
        }
        measures.scored(answer("a", "1", 0.5, null));

        assertThat(lines().stream().filter(line -> line.startsWith("miasma_scored_total{")))
                .containsExactlyInAnyOrder(
                        "miasma_scored_total{endpoint=\"a\",version=\"1\"} 2.0",
                        "miasma_scored_total{endpoint=\"a\",version=\"2\"} 1.0",
                        "miasma_scored_total{endpoint=\"other\",version=\"other\"} 100.0");
        assertThat(lines()).contains("miasma_cardinality_capped_total 100.0");
    }

    @Test
    void a_defence_that_is_tried_has_figures_by_endpoint_and_says_whether_there_is_a_model() {
        measures.whatIfModels("top3", 2);
        measures.whatIfModels("top3", 1);
        measures.whatIfModels("round2", 0);
        measures.whatIfNoModel("round2");
        measures.whatIf(new WhatIfAnswer("fraud", "7", "top3", true, 0.25));

        String series = "{defence=\"top3\",endpoint=\"fraud\",version=\"7\"} ";
        assertThat(lines())
                .contains(
                        "miasma_whatif_models{defence=\"top3\"} 1.0",
                        "miasma_whatif_models{defence=\"round2\"} 0.0",
                        "miasma_whatif_no_model_total{defence=\"top3\"} 0.0",
                        "miasma_whatif_no_model_total{defence=\"round2\"} 1.0",
                        "miasma_whatif_scored_total" + series + "1.0",
                        "miasma_whatif_leak_lift" + series + "4.0",
                        "miasma_whatif_flagged_share" + series + "1.0",
                        "miasma_whatif_flagged_null_share" + series + "0.25");
    }

    @Test
    void endpoints_beyond_the_limit_share_series_under_a_defence_and_are_counted_as_capped_once() {
        for (int i = 0; i < 10; i++) {
            measures.scored(answer("endpoint-" + i, "1", 0.5, null));
            measures.whatIf(new WhatIfAnswer("endpoint-" + i, "1", "top3", false, 0.25));
        }

        assertThat(lines())
                .contains(
                        "miasma_whatif_scored_total{defence=\"top3\",endpoint=\"other\",version=\"other\"} 8.0",
                        "miasma_cardinality_capped_total 8.0");
    }

    @Test
    void a_traced_answer_is_the_exemplar_of_its_bucket() {
        measures.scored(answer("fraud", "7", 0.995, TRACE));

        String openMetrics = measures.registry().scrape("application/openmetrics-text; version=1.0.0");

        assertThat(openMetrics
                        .lines()
                        .filter(line -> line.startsWith("miasma_attack_score_bucket") && line.contains("#")))
                .singleElement()
                .asString()
                .contains("le=\"0.999\"", "span_id=\"" + SPAN + "\"", "trace_id=\"" + TRACE + "\"", "} 0.995");
    }

    @Test
    void an_answer_without_a_trace_leaves_no_exemplar_also_after_one_with() {
        measures.scored(answer("fraud", "7", 0.995, TRACE));
        measures.scored(answer("churn", "1", 0.995, null));

        String openMetrics = measures.registry().scrape("application/openmetrics-text; version=1.0.0");

        assertThat(openMetrics.lines().filter(line -> line.contains("endpoint=\"churn\"")))
                .isNotEmpty()
                .noneMatch(line -> line.contains("#"));
    }

    @Test
    void of_kafka_streams_only_what_an_operator_looks_at_is_kept() {
        measures.registry().counter("kafka.stream.task.dropped.records.total");
        measures.registry().counter("kafka.stream.task.enforced.processing.total");

        assertThat(measures.registry().scrape()).contains("dropped").doesNotContain("enforced");
    }

    @Test
    void both_receivers_are_told_everything() {
        var memory = new InMemoryMeasures();
        Measures both = Measures.both(measures, memory);

        both.received();
        both.rejected("sum-off");
        both.unscorable("label-only");
        both.scored(answer("fraud", "7", 0.95, null));
        both.detected(true);
        both.detected(false);
        both.alarmsExpected("client", "member-likeness", "high");
        both.alarmed("client", "member-likeness", "medium", "sent");
        both.alarmed("client", "member-likeness", "medium", "held");
        both.bandChanged("client", "", "low");
        both.failed("score");
        both.modelLoaded(true);
        both.modelInForce(new ModelInForce("default", 1000, true));

        assertThat(memory.receivedCount()).isEqualTo(1);
        assertThat(memory.rejectedByReason()).containsExactly(Map.entry("sum-off", 1L));
        assertThat(memory.unscorableCount()).isEqualTo(1);
        assertThat(memory.scoredCount()).isEqualTo(1);
        assertThat(memory.detectedCount()).isEqualTo(2);
        assertThat(memory.repeatCount()).isEqualTo(1);
        assertThat(memory.alertsSentCount()).isEqualTo(1);
        assertThat(memory.alertsHeldCount()).isEqualTo(1);
        assertThat(memory.clientCount()).isEqualTo(1);
        assertThat(memory.clientCount("low")).isEqualTo(1);
        assertThat(memory.failedCount()).isEqualTo(1);
        assertThat(memory.leakLift()).isEqualTo(100);
        assertThat(lines())
                .contains(
                        "miasma_received_total 1.0",
                        "miasma_rejected_total{reason=\"sum-off\"} 1.0",
                        "miasma_unscorable_total{reason=\"label-only\"} 1.0",
                        "miasma_scored_total{endpoint=\"fraud\",version=\"7\"} 1.0",
                        "miasma_detected_total{first_sight=\"true\"} 1.0",
                        "miasma_alerts_total{level=\"client\",sensor=\"member-likeness\",severity=\"high\"} 0.0",
                        "miasma_alerts_total{level=\"client\",sensor=\"member-likeness\",severity=\"medium\"} 1.0",
                        "miasma_clients{band=\"low\"} 1.0",
                        "miasma_stage_failures_total{stage=\"score\"} 1.0",
                        "miasma_model_loads_total{result=\"loaded\"} 1.0",
                        "miasma_model_non_members{model=\"default\"} 1000.0");
    }

    @Test
    void estimates_of_versions_beyond_the_limit_have_no_series_and_those_that_are_gone_leave_none() {
        var limited = new MicrometerMeasures(2, List.of(), List.of(), List.of());
        for (String version : List.of("1", "2", "3")) {
            limited.versionLeak(new VersionLeak("fraud", version, 0.2, 0.1, 0.3, 1.5, "above"));
        }
        String page = limited.registry().scrape();
        assertThat(page)
                .contains("miasma_member_share{endpoint=\"fraud\",version=\"1\"} 0.2")
                .contains("miasma_null_drift{endpoint=\"fraud\",verdict=\"above\",version=\"2\"} 1.0")
                .contains("miasma_null_drift{endpoint=\"fraud\",verdict=\"holds\",version=\"2\"} 0.0")
                .doesNotContain("version=\"3\"")
                .doesNotContain("version=\"other\"");

        limited.versionLeakGone("fraud", "1");
        limited.versionLeak(new VersionLeak("fraud", "3", 0.4, 0.1, 0.5, 1.5, "above"));

        assertThat(limited.registry().scrape())
                .doesNotContain("version=\"1\"")
                .contains("miasma_member_share{endpoint=\"fraud\",version=\"3\"} 0.4");
    }
}
