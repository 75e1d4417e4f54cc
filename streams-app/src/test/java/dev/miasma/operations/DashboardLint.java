// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.miasma.operations.Dashboards.Dashboard;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules of Grafana's dashboard-linter, as far as a dashboard of Prometheus queries can break them. */
final class DashboardLint {
    static final String DATASOURCE = "${datasource}";

    private static final Set<String> NEED_A_TITLE =
            Set.of("stat", "graph", "table", "timeseries", "gauge", "bargauge", "heatmap", "state-timeline");
    private static final Set<String> UNITS =
            Set.of("none", "short", "percentunit", "reqps", "ops", "ms", "s", "bytes", "bool_yes_no");
    private static final Pattern LABEL_QUERY = Pattern.compile("label_values\\((?:(.+), )?\\w+\\)");

    private final Dashboard dashboard;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * A rule that is broken.
     *
     * @param rule its name without "-rule"
     * @param panel title of the panel, empty where it is about the dashboard
     * @param target index of the query, -1 where it is about none
     * @param what is wrong
     */
    record Finding(String rule, String panel, int target, String what) {}

    private DashboardLint(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    static List<Finding> findings(Dashboard dashboard) {
        DashboardLint lint = new DashboardLint(dashboard);
        lint.dashboard();
        dashboard.variables().forEach(lint::variable);
        dashboard.panels().forEach(lint::panel);
        return lint.findings;
    }

    private void dashboard() {
        List<JsonNode> sources = dashboard.variables().stream()
                .filter(variable -> variable.path("type").asText().equals("datasource"))
                .toList();
        expect(
                sources.size() == 1
                        && sources.getFirst().path("name").asText().equals("datasource")
                        && sources.getFirst().path("label").asText().equals("Data Source")
                        && sources.getFirst().path("query").asText().equals("prometheus"),
                "template-datasource",
                "one variable 'datasource', labelled 'Data Source'");
        selection("job", "Job");
        selection("instance", "Instance");
        expect(
                dashboard.json().path("editable").isBoolean()
                        && !dashboard.json().path("editable").asBoolean(),
                "uneditable-dashboard",
                "editable is false");
    }

    private void selection(String name, String label) {
        expect(
                dashboard.variables().stream()
                        .anyMatch(variable -> variable.path("name").asText().equals(name)
                                && variable.path("label").asText().equals(label)
                                && variable.path("type").asText().equals("query")
                                && variable.at("/datasource/uid").asText().equals(DATASOURCE)
                                && variable.path("multi").asBoolean()
                                && variable.path("allValue").asText().equals(".+")),
                "template-" + name,
                "a variable of several values, all of them .+");
    }

    private void variable(JsonNode variable) {
        if (!variable.path("type").asText().equals("query")) {
            return;
        }
        var query = LABEL_QUERY.matcher(variable.path("query").asText());
        boolean labels = query.matches();
        expect(
                labels
                        && (query.group(1) == null
                                || PromQl.fault(query.group(1)).isEmpty()),
                "template-label-promql",
                variable.path("query").asText());
        expect(variable.path("refresh").asInt() == 2, "template-on-time-change-reload", "refresh is 2");
    }

    private void panel(JsonNode panel) {
        String title = panel.path("title").asText();
        String type = panel.path("type").asText();
        expect(
                panel.at("/datasource/uid").asText().equals(DATASOURCE),
                new Finding("panel-datasource", title, -1, "uses " + DATASOURCE));
        expect(
                !NEED_A_TITLE.contains(type)
                        || (!title.isBlank()
                                && !panel.path("description").asText().isBlank()),
                new Finding("panel-title-description", title, -1, "title and description"));
        expect(
                UNITS.contains(panel.at("/fieldConfig/defaults/unit").asText()),
                new Finding("panel-units", title, -1, "a unit that Grafana knows"));
        expect(!panel.path("targets").isEmpty(), new Finding("panel-no-targets", title, -1, "asks for something"));
        for (int i = 0; i < panel.path("targets").size(); i++) {
            target(title, i, panel.path("targets").get(i));
        }
    }

    private void target(String panel, int index, JsonNode target) {
        String expression = target.path("expr").asText();
        // No target may ask Loki: the rules for LogQL have nothing to look at then.
        expect(
                target.at("/datasource/type").asText().equals("prometheus"),
                new Finding("target-logql", panel, index, "asks Prometheus"));
        PromQl.fault(expression).ifPresent(fault -> findings.add(new Finding("target-promql", panel, index, fault)));
        for (PromQl.Selector selector : PromQl.selectors(expression)) {
            expect(
                    !Set.of("rate", "irate").contains(selector.function())
                            || selector.range().equals("$__rate_interval"),
                    new Finding("target-rate-interval", panel, index, selector.toString()));
            expect(
                    selector.matchers().contains("job=~\"$job\""),
                    new Finding("target-job", panel, index, selector.toString()));
            expect(
                    selector.matchers().contains("instance=~\"$instance\""),
                    new Finding("target-instance", panel, index, selector.toString()));
            expect(
                    !selector.series().endsWith("_total")
                            || (Set.of("rate", "irate", "increase").contains(selector.function())
                                    && !selector.range().isEmpty()),
                    new Finding("target-counter-agg", panel, index, selector.toString()));
        }
    }

    private void expect(boolean holds, String rule, String what) {
        expect(holds, new Finding(rule, "", -1, what));
    }

    private void expect(boolean holds, Finding otherwise) {
        if (!holds) {
            findings.add(otherwise);
        }
    }
}
