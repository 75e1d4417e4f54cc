// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.operations;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.miasma.operations.DashboardLint.Finding;
import dev.miasma.operations.Dashboards.Dashboard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The dashboards: what the linter asks for, what they show, and that they can be loaded side by side. */
class DashboardsTest {
    private static final int MOST_PANELS = 14;
    private static final int WIDTH = 24;
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(job|instance|endpoint|version|runbooks)\\b");

    static List<Dashboard> dashboards() throws IOException {
        return Dashboards.all();
    }

    @Test
    void there_are_four_with_uids_that_links_can_rely_on() throws IOException {
        assertThat(dashboards())
                .extracting(Dashboard::uid)
                .containsExactlyInAnyOrder(
                        "miasma-leak-posture", "miasma-probing", "miasma-attack-models", "miasma-pipeline");
        assertThat(dashboards()).extracting(Dashboard::title).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void pass_the_linter_but_for_what_is_excluded_with_a_reason(Dashboard dashboard) {
        JsonNode excluded = Repository.yaml(Repository.file("grafana/.lint")).path("exclusions");

        assertThat(Repository.each(excluded))
                .allSatisfy(rule -> assertThat(rule.path("reason").asText()).isNotBlank());
        assertThat(DashboardLint.findings(dashboard).stream()
                        .filter(finding -> Repository.each(
                                        excluded.path(finding.rule() + "-rule").path("entries"))
                                .noneMatch(entry -> excludes(entry, dashboard, finding))))
                .isEmpty();
    }

    private static boolean excludes(JsonNode entry, Dashboard dashboard, Finding finding) {
        return entry.path("dashboard").asText().equals(dashboard.title())
                && entry.path("panel").asText().equals(finding.panel())
                && entry.path("targetIdx").asInt() == finding.target();
    }

    @Test
    void every_exclusion_is_needed() throws IOException {
        List<Finding> findings = dashboards().stream()
                .flatMap(dashboard -> DashboardLint.findings(dashboard).stream())
                .toList();
        JsonNode excluded = Repository.yaml(Repository.file("grafana/.lint")).path("exclusions");

        List<JsonNode> entries = Repository.each(excluded)
                .flatMap(rule -> Repository.each(rule.path("entries")))
                .toList();

        assertThat(entries).hasSameSizeAs(findings);
    }

    static Stream<Arguments> breakages() {
        return Stream.of(
                broken("template-datasource", "/templating/list/0", node -> node.put("label", "Source")),
                broken("template-job", "/templating/list/1", node -> node.put("allValue", ".*")),
                broken("template-instance", "/templating/list/2", node -> node.put("multi", false)),
                broken("template-label-promql", "/templating/list/1", node -> node.put("query", "names(up)")),
                broken("template-on-time-change-reload", "/templating/list/1", node -> node.put("refresh", 1)),
                broken("uneditable-dashboard", "", node -> node.put("editable", true)),
                broken("panel-datasource", "/panels/0/datasource", node -> node.put("uid", "prod")),
                broken("panel-title-description", "/panels/0", node -> node.put("description", "")),
                broken("panel-units", "/panels/0/fieldConfig/defaults", node -> node.put("unit", "parsecs")),
                broken("panel-no-targets", "/panels/0", node -> node.putArray("targets")),
                broken("target-logql", "/panels/0/targets/0/datasource", node -> node.put("type", "loki")),
                query("target-promql", "sum(miasma_clients{job=~\"$job\",instance=~\"$instance\"}"),
                query("target-promql", "sumup(miasma_clients{job=~\"$job\",instance=~\"$instance\"})"),
                query("target-rate-interval", "rate(miasma_received_total{job=~\"$job\",instance=~\"$instance\"}[5m])"),
                query("target-job", "miasma_clients{instance=~\"$instance\"}"),
                query("target-instance", "miasma_clients{job=~\"$job\"}"),
                query("target-counter-agg", "sum(miasma_received_total{job=~\"$job\",instance=~\"$instance\"})"));
    }

    private static Arguments broken(String rule, String where, Consumer<ObjectNode> how) {
        return Arguments.of(rule, where, how);
    }

    private static Arguments query(String rule, String expression) {
        return broken(rule, "/panels/0/targets/0", node -> node.put("expr", expression));
    }

    @ParameterizedTest
    @MethodSource("breakages")
    void the_linter_notices(String rule, String where, Consumer<ObjectNode> how) {
        JsonNode json = Repository.json(Repository.file("grafana/dashboards/leak-posture.json"));

        how.accept((ObjectNode) json.at(where));

        assertThat(DashboardLint.findings(new Dashboard(json)))
                .extracting(Finding::rule)
                .containsOnly(rule);
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void ask_only_for_what_is_exported(Dashboard dashboard) throws IOException {
        ExportedMetrics exported = new ExportedMetrics();

        assertThat(Dashboards.expressions(dashboard))
                .isNotEmpty()
                .allSatisfy(expression ->
                        assertThat(Rules.series(expression)).isNotEmpty().allMatch(exported, "exported"));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void use_the_variables_that_they_have_and_no_others(Dashboard dashboard) {
        Set<String> used = VARIABLE.matcher(dashboard.json().toString())
                .results()
                .map(variable -> variable.group(1))
                .collect(toSet());
        used.add("datasource");

        assertThat(dashboard.variables())
                .extracting(variable -> variable.path("name").asText())
                .containsExactlyInAnyOrderElementsOf(used);
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void fit_on_a_screen_or_two(Dashboard dashboard) {
        assertThat(dashboard.panels()).hasSizeBetween(1, MOST_PANELS);
        assertThat(dashboard.panels())
                .extracting(panel -> panel.path("id").asInt())
                .doesNotHaveDuplicates()
                .allMatch(id -> id > 0);
        Set<List<Integer>> taken = new HashSet<>();
        for (JsonNode panel : dashboard.panels()) {
            List<List<Integer>> cells = cells(panel.path("gridPos"));
            assertThat(cells).as(panel.path("title").asText()).isNotEmpty().noneMatch(taken::contains);
            assertThat(cells).allMatch(cell -> cell.getFirst() < WIDTH);
            taken.addAll(cells);
        }
    }

    private static List<List<Integer>> cells(JsonNode grid) {
        List<List<Integer>> cells = new ArrayList<>();
        for (int x = 0; x < grid.path("w").asInt(); x++) {
            for (int y = 0; y < grid.path("h").asInt(); y++) {
                cells.add(List.of(grid.path("x").asInt() + x, grid.path("y").asInt() + y));
            }
        }
        return cells;
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void say_what_it_means_when_there_is_nothing_and_when_it_is_bad(Dashboard dashboard) {
        assertThat(dashboard.panels()).allSatisfy(panel -> {
            JsonNode defaults = panel.at("/fieldConfig/defaults");
            assertThat(defaults.path("noValue").asText()).hasSizeGreaterThan(8);
            List<Double> steps = Repository.each(defaults.at("/thresholds/steps"))
                    .skip(1)
                    .map(step -> step.path("value").asDouble())
                    .toList();
            assertThat(steps).isSorted().doesNotHaveDuplicates();
            assertThat(!steps.isEmpty() || !panel.path("type").asText().equals("stat"))
                    .as("thresholds of %s", panel.path("title"))
                    .isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void link_to_runbooks_that_are_there(Dashboard dashboard) {
        List<String> links = dashboard.panels().stream()
                .flatMap(panel -> Repository.each(panel.path("links")))
                .map(link -> link.path("url").asText())
                .toList();

        assertThat(links)
                .isNotEmpty()
                .allSatisfy(link -> assertThat(Repository.file(link.replace("${runbooks}", "src/docs/runbooks/")))
                        .isRegularFile());
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void mark_when_alerts_were_sent(Dashboard dashboard) {
        assertThat(Repository.each(dashboard.json().at("/annotations/list")))
                .extracting(annotation -> annotation.path("expr").asText())
                .anyMatch(expression -> expression.contains("increase(miasma_alerts_total{")
                        && expression.endsWith("> 0")
                        && PromQl.fault(expression).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "grafana/provisioning/datasources/prometheus.yml, datasources, name type access url uid",
        "grafana/provisioning/dashboards/miasma.yml, providers, name type folder options"
    })
    void are_provisioned(String file, String list, String keys) {
        JsonNode yaml = Repository.yaml(Repository.file(file));

        assertThat(yaml.path("apiVersion").asInt()).isEqualTo(1);
        assertThat(Repository.each(yaml.path(list)))
                .hasSize(1)
                .allSatisfy(entry -> assertThat(entry.fieldNames()).toIterable().contains(keys.split(" ")));
    }

    @Test
    void promtool_takes_every_query(@TempDir Path folder) throws IOException, InterruptedException {
        String promtool = Tool.onPath("promtool");
        ObjectNode file = new ObjectMapper().createObjectNode();
        ArrayNode rules =
                file.putArray("groups").addObject().put("name", "dashboards").putArray("rules");
        List<String> expressions = Dashboards.expressions().distinct().toList();
        for (int i = 0; i < expressions.size(); i++) {
            rules.addObject().put("record", "query:" + i).put("expr", PromQl.resolved(expressions.get(i)));
        }
        // JSON is YAML too.
        Path written = Files.writeString(folder.resolve("queries.yml"), file.toString());

        Process process = new ProcessBuilder(promtool, "check", "rules", "--lint=none", written.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("SUCCESS: " + expressions.size() + " rules found");
    }
}
