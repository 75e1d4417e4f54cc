// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of metrics and the metrics themselves. */
class MetricsPageTest {
    private static final Path PAGE = Path.of("..", "src", "docs", "metrics.md");
    private static final Pattern ROW =
            Pattern.compile("^\\| `(\\w+)` \\| (\\w+) \\| ([^|]*)\\| .+ \\|$", Pattern.MULTILINE);
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** Metrics that the app package registers, and that no stage reports. */
    private static final Set<String> OF_THE_APP = Set.of(
            "miasma_input_lag_records",
            "miasma_alarm_threshold",
            "miasma_state_disk_bytes",
            "miasma_state_memory_bytes",
            "miasma_build_info");

    private static Set<String> exported() {
        var measures = new MicrometerMeasures(5, List.of("sum-off"), List.of("label-only"), List.of("low"));
        measures.scored(new ScoredAnswer("fraud", "7", 0.5, true, 0.01, 1, null, null));
        measures.alarmsExpected("client", "member-likeness", "high");
        measures.dropped("client", "idle");
        measures.failed("score");
        measures.modelInForce(new ModelInForce("default", 1000, true));
        measures.whatIf(new WhatIfAnswer("fraud", "7", "top3", true, 0.01));
        measures.whatIfModels("top3", 1);
        measures.sanitisingExpected("sanitised");
        measures.versionLeak(new VersionLeak("fraud", "7", 0.2, 0.1, 0.3, 0.9, "holds"));
        return measures.registry().getPrometheusRegistry().scrape().stream()
                .map(MetricsPageTest::line)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String line(MetricSnapshot metric) {
        boolean counter = metric instanceof CounterSnapshot;
        String type = counter ? "counter" : metric instanceof HistogramSnapshot ? "histogram" : "gauge";
        Set<String> labels = new TreeSet<>();
        for (DataPointSnapshot point : metric.getDataPoints()) {
            for (Label label : point.getLabels()) {
                labels.add(label.getName());
            }
        }
        return metric.getMetadata().getPrometheusName() + (counter ? "_total " : " ") + type + " " + labels;
    }

    private static Set<String> described(String page, boolean ofTheApp) {
        return ROW.matcher(page)
                .results()
                .filter(row -> OF_THE_APP.contains(row.group(1)) == ofTheApp)
                .map(row -> row.group(1) + " " + row.group(2) + " "
                        + CODE.matcher(row.group(3))
                                .results()
                                .map(label -> label.group(1))
                                .sorted()
                                .toList())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void the_page_lists_what_is_exported_and_nothing_else() throws IOException {
        assertThat(described(Files.readString(PAGE), false)).isEqualTo(exported());
    }

    @Test
    void what_the_app_registers_stands_in_its_own_section() throws IOException {
        String page = Files.readString(PAGE);
        String section = page.substring(
                page.indexOf("<!-- registered by the app package -->"),
                page.indexOf("<!-- end of what the app package registers -->"));

        assertThat(described(section, true)).hasSize(OF_THE_APP.size()).isEqualTo(described(page, true));
        assertThat(described(section, false)).isEmpty();
    }

    @Test
    void every_name_a_text_mentions_is_a_metric() throws IOException {
        String page = Files.readString(PAGE);
        Set<String> known = ROW.matcher(page).results().map(row -> row.group(1)).collect(Collectors.toSet());

        Matcher mentioned = Pattern.compile("miasma_\\w+").matcher(page);
        assertThat(mentioned.results().map(name -> name.group())).isNotEmpty().allMatch(known::contains);
    }
}
