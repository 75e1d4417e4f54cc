// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** The dashboards of grafana/dashboards. */
final class Dashboards {
    private Dashboards() {}

    /** A dashboard as Grafana reads it. */
    record Dashboard(JsonNode json) {
        String uid() {
            return json.path("uid").asText();
        }

        String title() {
            return json.path("title").asText();
        }

        List<JsonNode> panels() {
            return Repository.each(json.path("panels")).toList();
        }

        List<JsonNode> variables() {
            return Repository.each(json.at("/templating/list")).toList();
        }

        /** Its title, for the names of tests. */
        @Override
        public String toString() {
            return title();
        }
    }

    static List<Dashboard> all() throws IOException {
        return Repository.files("grafana/dashboards", ".json").stream()
                .map(file -> new Dashboard(Repository.json(file)))
                .toList();
    }

    /** What the dashboards ask Prometheus for: in panels and for annotations. */
    static Stream<String> expressions() throws IOException {
        return all().stream().flatMap(Dashboards::expressions);
    }

    static Stream<String> expressions(Dashboard dashboard) {
        Stream<JsonNode> targets = dashboard.panels().stream().flatMap(panel -> Repository.each(panel.path("targets")));
        Stream<JsonNode> annotations = Repository.each(dashboard.json().at("/annotations/list"));
        return Stream.concat(targets, annotations)
                .map(asking -> asking.path("expr").asText());
    }
}
