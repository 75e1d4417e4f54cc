// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.miasma.operations.Dashboards.Dashboard;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A query of a dashboard, of a panel or an annotation.
 *
 * @param name of dashboard, panel and query
 * @param instant whether for one time and not for many
 */
record AskedQuery(String name, String expression, boolean instant, String legend) {
    static List<AskedQuery> ofDashboards() throws IOException {
        return Dashboards.all().stream().flatMap(AskedQuery::of).toList();
    }

    private static Stream<AskedQuery> of(Dashboard dashboard) {
        Stream<AskedQuery> ofPanels = dashboard.panels().stream()
                .flatMap(panel -> Repository.each(panel.path("targets"))
                        .map(target -> new AskedQuery(
                                dashboard.title() + "/" + panel.path("title").asText() + "/"
                                        + target.path("refId").asText(),
                                target.path("expr").asText(),
                                target.path("instant").asBoolean(),
                                target.path("legendFormat").asText())));
        Stream<AskedQuery> annotations = Repository.each(dashboard.json().at("/annotations/list"))
                .map(marks -> new AskedQuery(
                        dashboard.title() + "/annotations/" + marks.path("name").asText(),
                        marks.path("expr").asText(),
                        false,
                        marks.path("titleFormat").asText()
                                + marks.path("textFormat").asText()));
        return Stream.concat(ofPanels, annotations);
    }

    /** What Prometheus says to it between two times, seconds since 1970. */
    JsonNode answer(LivePrometheus prometheus, long from, long to) {
        String resolved = PromQl.resolved(expression, LivePrometheusIT.RATE_INTERVAL);
        return instant ? prometheus.query(resolved) : prometheus.queryRange(resolved, from, to);
    }

    /** The values of a series at one time or at many. */
    static List<Double> numbers(JsonNode series) {
        Stream<JsonNode> points =
                series.has("value") ? Stream.of(series.path("value")) : Repository.each(series.path("values"));
        return points.map(point -> Double.valueOf(
                        point.path(1).asText().replace("+Inf", "Infinity").replace("-Inf", "-Infinity")))
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
