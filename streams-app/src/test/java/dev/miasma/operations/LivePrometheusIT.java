// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.operations;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.miasma.app.LiveMonitor;
import dev.miasma.config.ConfigKey;
import dev.miasma.embedded.KafkaForTests;
import dev.miasma.simulate.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A real Prometheus with this project's rules that has scraped a real monitor under attack; each test looks at one side.
 * Skipped where there is no Prometheus.
 */
class LivePrometheusIT {
    private static final String INPUT = "watched-predictions";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int ROUNDS = 10;
    private static final int QUERIES_A_ROUND = 1_000;
    private static final int FLOOD_ROUND = 5;

    /** Grafana takes four times the interval between two scrapes. */
    private static final String INTERVAL = "1s";

    static final String RATE_INTERVAL = "4s";

    private static final Pattern LEGEND_LABEL = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.*), *(\\w+)\\)");

    /** Queries without a result here, and why that is right. */
    private static final Map<String, String> EMPTY = Map.of(
            "Miasma: pipeline/Not scored by reason, and stage failures/B", "no stage fails on any record",
            "Miasma: pipeline/Restores/B", "nothing is restored: the monitor starts on topics that are new");

    /** The alerts that are about the attack, and about the broken file. */
    private static final Set<String> EXPECTED = Set.of(
            "MiasmaProbeSuspected",
            "MiasmaCohortProbe",
            "MiasmaVersionLeaksMore",
            "MiasmaEndpointAboveNull",
            "MiasmaClientFlood",
            "MiasmaModelFileBroken");

    /** Series that a rule asks for and that are not here, and why that is right. */
    private static final Map<String, String> ABSENT = Map.of();

    @RegisterExtension
    static final KafkaForTests KAFKA = new KafkaForTests();

    @TempDir
    private static Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private static LiveMonitor monitor;

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private static LivePrometheus prometheus;

    private static String metricsBefore = "";
    private static long from;
    private static long to;

    @BeforeAll
    static void a_monitor_was_attacked_while_prometheus_scraped_it() throws Exception {
        String program = Tool.onPath("prometheus");
        from = Instant.now().getEpochSecond();
        KAFKA.createTopic(INPUT, 2);
        Path models = Files.createDirectories(folder.resolve("models"));
        LeakyTarget.writeModels(models, LiveTraffic.ENDPOINT, "top3");
        monitor = LiveMonitor.start(settings(models));
        metricsBefore = monitor.metrics();
        prometheus = LivePrometheus.start(
                program, folder, monitor.metricsUrl(), Server.freePort(), INTERVAL, UnaryOperator.identity());
        await().atMost(PATIENCE)
                .until(() -> !LivePrometheus.series(prometheus.query("miasma_received_total offset 2s"))
                        .isEmpty());
        try (LiveTraffic traffic = new LiveTraffic(KAFKA.bootstrapServers(), INPUT, new LeakyTarget())) {
            attack(traffic);
        }
        Files.writeString(models.resolve("broken.json"), "{");
        await().atMost(PATIENCE).until(LivePrometheusIT::isThrough);
        to = Instant.now().getEpochSecond();
    }

    private static Map<String, String> settings(Path models) throws IOException {
        Path exemptions = Files.writeString(folder.resolve("exemptions.jsonl"), """
                {"kind":"allow","level":"client","name":"%s","reason":"audit","until":"2999-01-01T00:00:00Z"}
                """.formatted(LiveTraffic.PROBER));
        Map<String, String> settings = new HashMap<>(Map.of(
                ConfigKey.BOOTSTRAP_SERVERS,
                KAFKA.bootstrapServers(),
                ConfigKey.INPUT_TOPICS,
                INPUT,
                ConfigKey.MODELS_DIR,
                models.toString(),
                ConfigKey.MODELS_RELOAD_MS,
                "500",
                ConfigKey.STATE_DIR,
                folder.resolve("state").toString(),
                ConfigKey.IDENTITY_PSEUDONYMS,
                "false",
                ConfigKey.EXEMPTIONS_FILE,
                exemptions.toString(),
                ConfigKey.SANITISED_TOPIC,
                "watched-safe",
                ConfigKey.SANITISED_DEFENCE,
                "top3",
                ConfigKey.WHATIF_DEFENCES,
                "top3"));
        settings.put(ConfigKey.WHATIF_SAMPLE, "0.5");
        settings.put(ConfigKey.DETECT_BUDGET, "100");
        settings.put(ConfigKey.DETECT_FLOOD_PER_MINUTE, "1000");
        return settings;
    }

    private static void attack(LiveTraffic traffic) throws InterruptedException {
        Traffic first = traffic.traffic(1, 0.05, 0.5);
        Traffic second = traffic.traffic(2, 0.5, 0.9, 10_000);
        // A version is compared with the one that was there before it.
        traffic.publish(1, first, QUERIES_A_ROUND);
        TimeUnit.SECONDS.sleep(1);
        for (int round = 0; round < ROUNDS; round++) {
            traffic.publish(1, first, QUERIES_A_ROUND);
            traffic.publish(2, second, QUERIES_A_ROUND);
            traffic.publishSybils(30);
            traffic.publishRepeatsAndLabels(10);
            traffic.publishPoison(10);
            if (round == FLOOD_ROUND) {
                traffic.publishFlood();
            }
            TimeUnit.SECONDS.sleep(1);
        }
    }

    /**
     * Whether all that was sent has been seen by Prometheus and gone through its rules, and the last of Kafka's metrics is
     * there: they are looked for once a minute, and at the start those of a thread that comes up late are missed.
     */
    private static boolean isThrough() {
        return firing().containsAll(EXPECTED)
                && !LivePrometheus.series(prometheus.query("kafka_stream_state_updater_active_restoring_tasks"))
                        .isEmpty()
                && prometheus
                        .rules()
                        .allMatch(rule -> rule.path("health").asText().equals("ok"))
                && LivePrometheus.series(
                                        prometheus.query(
                                                "miasma_input_lag_records < 20 and on () (sum(rate(miasma_received_total[3s])) == 0)"))
                                .size()
                        == 1;
    }

    private static Set<String> firing() {
        Set<String> names = new HashSet<>();
        LivePrometheus.series(prometheus.query("ALERTS{alertstate=\"firing\"}"))
                .forEach(alert -> names.add(alert.at("/metric/alertname").asText()));
        return names;
    }

    @AfterAll
    static void stop() {
        if (prometheus != null) {
            prometheus.close();
        }
        if (monitor != null) {
            monitor.close();
        }
    }

    static List<AskedQuery> queries() throws IOException {
        return AskedQuery.ofDashboards();
    }

    @ParameterizedTest
    @MethodSource("queries")
    void a_query_of_a_dashboard_is_answered_with_numbers_and_with_the_labels_of_its_legend(AskedQuery asked) {
        JsonNode answer = asked.answer(prometheus, from, to);

        assertThat(answer.path("status").asText()).as(answer.toString()).isEqualTo("success");
        if (EMPTY.containsKey(asked.name())) {
            assertThat(LivePrometheus.series(answer))
                    .as(EMPTY.get(asked.name()))
                    .isEmpty();
            return;
        }
        assertThat(LivePrometheus.series(answer))
                .isNotEmpty()
                .anySatisfy(series -> assertThat(AskedQuery.numbers(series)).anyMatch(Double::isFinite));
        List<String> labels = LEGEND_LABEL
                .matcher(asked.legend())
                .results()
                .map(label -> label.group(1))
                .toList();
        assertThat(LivePrometheus.series(answer))
                .allSatisfy(series -> assertThat(series.path("metric").fieldNames())
                        .toIterable()
                        .containsAll(labels));
    }

    @Test
    void the_variables_of_the_dashboards_have_values() throws IOException {
        List<JsonNode> variables = Dashboards.all().stream()
                .flatMap(dashboard -> dashboard.variables().stream())
                .filter(variable -> variable.path("type").asText().equals("query"))
                .toList();

        assertThat(variables).isNotEmpty().allSatisfy(variable -> {
            var asked = LABEL_VALUES.matcher(variable.path("query").asText());
            assertThat(asked.matches()).isTrue();
            List<String> values = prometheus.labelValues(asked.group(2), PromQl.resolved(asked.group(1)));
            assertThat(values).isNotEmpty();
            if (asked.group(2).equals("version")) {
                assertThat(values).containsExactly("1", "2");
            }
        });
    }

    @Test
    void every_rule_is_loaded_and_evaluated_without_an_error() throws IOException {
        Map<String, String> problems = prometheus
                .rules()
                .collect(toMap(
                        rule -> rule.path("name").asText(),
                        rule -> rule.path("health").asText()
                                + rule.path("lastError").asText()));

        assertThat(problems)
                .hasSize(new Rules().all().size())
                .allSatisfy((rule, problem) -> assertThat(problem).isEqualTo("ok"));
    }

    @Test
    void what_rules_record_is_there() throws IOException {
        assertThat(new Rules().recorded())
                .isNotEmpty()
                .allSatisfy(recorded -> assertThat(LivePrometheus.series(prometheus.query(recorded)))
                        .isNotEmpty());
    }

    @Test
    void every_series_that_an_alert_asks_for_is_there_whether_it_fires_or_not() throws IOException {
        Map<String, Boolean> there = new Rules()
                .alerts()
                .flatMap(rule -> PromQl.selectors(rule.path("expr").asText()).stream())
                .map(selector -> selector.series() + selector.matchers())
                .distinct()
                .collect(toMap(
                        selector -> selector,
                        selector -> !LivePrometheus.series(prometheus.query(selector))
                                .isEmpty()));

        assertThat(there)
                .hasSizeGreaterThan(20)
                .allSatisfy((selector, present) ->
                        assertThat(present).as(selector).isEqualTo(!ABSENT.containsKey(selector)));
    }

    @Test
    void counters_whose_increase_alerts_have_a_zero_before_anything_happens() throws IOException {
        List<String> counters = new Rules()
                .alerts()
                .flatMap(rule -> PromQl.selectors(rule.path("expr").asText()).stream())
                .filter(selector -> selector.function().equals("increase"))
                .map(PromQl.Selector::series)
                // Its alert is on a lift that only comes with a thousand scored answers.
                .filter(series -> !series.equals("miasma_scored_total"))
                .distinct()
                .toList();

        assertThat(counters)
                .hasSizeGreaterThan(5)
                .allSatisfy(counter -> assertThat(metricsBefore.lines())
                        .anyMatch(line -> line.startsWith(counter + "{") || line.startsWith(counter + " ")));
    }

    @Test
    void the_attack_fires_the_alerts_that_are_about_it_and_only_these() {
        assertThat(firing()).containsExactlyInAnyOrderElementsOf(EXPECTED);
    }
}
