// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The alert rules, and whether someone who is woken by one finds what to do. */
class AlertRulesTest {
    private static final String RUNBOOKS = "src/docs/runbooks/";

    private final Rules rules = new Rules();
    private final ExportedMetrics exported = new ExportedMetrics();

    AlertRulesTest() throws IOException {}

    static Stream<Named<JsonNode>> alerts() throws IOException {
        return new Rules().alerts().map(rule -> Named.of(rule.path("alert").asText(), rule));
    }

    @Test
    void rules_ask_only_for_what_is_exported_or_recorded() {
        Set<String> recorded = rules.recorded();

        assertThat(rules.all())
                .hasSizeGreaterThan(20)
                .allSatisfy(rule -> assertThat(Rules.series(rule.path("expr").asText()))
                        .isNotEmpty()
                        .allMatch(name -> recorded.contains(name) || exported.test(name), "exported or recorded"));
    }

    @Test
    void a_series_that_nobody_exports_is_noticed() {
        assertThat(Rules.series("sum(rate(miasma_made_up_total{job=\"miasma_x\"}[5m])) / job:up:share > up"))
                .containsExactlyInAnyOrder("miasma_made_up_total", "job:up:share", "up")
                .doesNotContain("miasma_x")
                .anyMatch(name -> !exported.test(name));
        assertThat(exported.test("miasma_attack_score")).isFalse();
        assertThat(exported.test("miasma_attack_score_bucket")).isTrue();
        assertThat(exported.test("kafka_stream_thread_process_total")).isTrue();
        assertThat(exported.test("kafka_stream_thread_punctuate_total")).isFalse();
    }

    @Test
    void what_is_recorded_is_asked_for_somewhere() throws IOException {
        Set<String> asked = Stream.concat(
                        rules.alerts().map(rule -> rule.path("expr").asText()), Dashboards.expressions())
                .flatMap(expression -> Rules.series(expression).stream())
                .collect(Collectors.toSet());

        assertThat(asked).containsAll(rules.recorded());
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void an_alert_says_how_bad_it_is_what_it_is_and_what_to_do(JsonNode alert) {
        assertThat(alert.at("/labels/severity").asText()).isIn("critical", "high", "medium", "{{ $labels.severity }}");
        assertThat(alert.at("/annotations/summary").asText()).endsWith(".").hasSizeBetween(20, 120);
        assertThat(alert.at("/annotations/description").asText())
                .contains("$value")
                .hasSizeGreaterThan(60);
        assertThat(alert.at("/annotations/runbook_url").asText()).startsWith(RUNBOOKS);
        assertThat(Repository.file(alert.at("/annotations/runbook_url").asText()))
                .isRegularFile();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void an_alert_names_its_technique_as_mitre_atlas_does(JsonNode alert) {
        JsonNode technique = alert.at("/labels/atlas_technique");

        assertThat(technique.isMissingNode() || technique.asText().matches("AML\\.T\\d{4}(\\.\\d{3})?"))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void an_alert_links_to_a_dashboard_that_is_there(JsonNode alert) throws IOException {
        String link = alert.at("/annotations/dashboard_url").asText();

        assertThat(Dashboards.all().stream().map(dashboard -> "/d/" + dashboard.uid()))
                .anyMatch(path -> link.startsWith(path + "?var-job={{ $labels.job }}"));
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void promtool_sees_an_alert_silent_firing_and_resolved_in_that_order(JsonNode alert) throws IOException {
        String name = alert.path("alert").asText();

        List<String> courses = Repository.files("src/prometheus/tests", ".yml").stream()
                .flatMap(file -> Repository.each(Repository.yaml(file).path("tests")))
                .map(test -> course(test, name))
                .toList();

        assertThat(courses).anyMatch(course -> course.matches("silent .*firing .*silent "));
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void the_page_about_observability_lists_an_alert_with_severity_and_runbook(JsonNode alert) throws IOException {
        String page = Files.readString(Repository.file("src/docs/observability.md"));
        String severity = alert.at("/labels/severity").asText().replace("{{ $labels.severity }}", "the alert's");
        String runbook = alert.at("/annotations/runbook_url").asText().replace("src/docs/", "");

        assertThat(page.lines())
                .filteredOn(line -> line.startsWith("| `" + alert.path("alert").asText() + "` | " + severity + " | "))
                .singleElement()
                .satisfies(line -> assertThat(line).endsWith("(" + runbook + ") |"));
    }

    /** What a test expects of an alert, in the order of time. */
    private static String course(JsonNode test, String alert) {
        TreeMap<Long, String> course = new TreeMap<>();
        Repository.each(test.path("alert_rule_test"))
                .filter(look -> look.path("alertname").asText().equals(alert))
                .forEach(look -> course.put(
                        minutes(look.path("eval_time").asText()),
                        look.path("exp_alerts").isEmpty() ? "silent " : "firing "));
        return String.join("", course.values());
    }

    private static long minutes(String time) {
        long minutes = 0;
        for (String part : time.split("(?<=[hm])")) {
            long number = Long.parseLong(part.substring(0, part.length() - 1));
            minutes += part.endsWith("h") ? 60 * number : number;
        }
        return minutes;
    }

    @Test
    void every_runbook_says_the_same_five_things() throws IOException {
        assertThat(Repository.files("src/docs/runbooks", ".md"))
                .isNotEmpty()
                .allSatisfy(runbook -> assertThat(runbook)
                        .content()
                        .startsWith(
                                "# Runbook: " + runbook.getFileName().toString().replace(".md", "\n"))
                        .contains(
                                "**What it means.**",
                                "**How sure.**",
                                "**What to look at.**",
                                "**What to do now.**",
                                "**How to close it.**"));
    }

    @Test
    void runbooks_name_only_series_that_are_exported() throws IOException {
        assertThat(Repository.files("src/docs/runbooks", ".md"))
                .allSatisfy(runbook ->
                        assertThat(Rules.series(Files.readString(runbook))).allMatch(exported, "exported"));
    }
}
