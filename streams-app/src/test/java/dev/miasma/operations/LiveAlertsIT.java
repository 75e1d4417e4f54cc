// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.miasma.app.LiveMonitor;
import dev.miasma.config.ConfigKey;
import dev.miasma.embedded.KafkaForTests;
import dev.miasma.operations.Webhooks.Delivery;
import dev.miasma.simulate.Traffic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Alerts on their whole way: a simulated attack, the monitor, a real Prometheus with this project's rules, a real
 * Alertmanager with this project's routes and templates, and the webhooks of Slack and of on-call; then the attack ends, and
 * the alerts do. Rules and routes are {@linkplain Hastened hastened}. Skipped where one of the programs is missing.
 *
 * <p>The watched model is a {@link LeakyTarget}, and probers make most of the queries, all about members: with the demo's
 * target, and with probers that make a twentieth of the queries, the leak lift stays below the 5 of its rule.
 */
class LiveAlertsIT {
    private static final String INPUT = "alerting-predictions";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int CHUNK = 500;

    private static final String PROBE = "A client probes for training members (member-likeness).";
    private static final String LEAK = "Answers of shop 1 give away members.";
    private static final String RUNBOOKS = "https://git.example.com/miasma/blob/main/src/docs/runbooks/";

    @RegisterExtension
    static final KafkaForTests KAFKA = new KafkaForTests();

    @TempDir
    private static Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private static Webhooks webhooks;

    @BeforeAll
    static void an_attack_came_and_went() throws Exception {
        String prometheusProgram = Tool.onPath("prometheus");
        String alertmanagerProgram = Tool.onPath("alertmanager", "prometheus-alertmanager");
        KAFKA.createTopic(INPUT, 2);
        Path models = Files.createDirectories(folder.resolve("models"));
        LeakyTarget.writeModels(models, LiveTraffic.ENDPOINT);
        webhooks = new Webhooks();
        Path ofAlertmanager = Files.createDirectories(folder.resolve("alertmanager"));
        Path ofPrometheus = Files.createDirectories(folder.resolve("prometheus"));
        try (LiveMonitor monitor = LiveMonitor.start(settings(models));
                LiveAlertmanager alertmanager = LiveAlertmanager.start(alertmanagerProgram, ofAlertmanager, webhooks);
                LivePrometheus prometheus = LivePrometheus.start(
                        prometheusProgram,
                        ofPrometheus,
                        monitor.metricsUrl(),
                        alertmanager.port(),
                        "1s",
                        Hastened::hastened);
                LiveTraffic traffic = new LiveTraffic(KAFKA.bootstrapServers(), INPUT, new LeakyTarget())) {
            await().atMost(PATIENCE)
                    .until(() -> !LivePrometheus.series(prometheus.query("up{job=\"miasma\"} == 1"))
                            .isEmpty());
            keepAsking(
                    traffic,
                    traffic.traffic(1, 0.9, 1),
                    () -> told(PROBE, "critical", "firing") && told(LEAK, "medium", "firing") && onCall("firing"));
            keepAsking(
                    traffic,
                    traffic.traffic(2, 0, 0),
                    () -> told(PROBE, "critical", "resolved")
                            && told(LEAK, "medium", "resolved")
                            && onCall("resolved"));
        }
    }

    private static Map<String, String> settings(Path models) {
        return Map.of(
                ConfigKey.BOOTSTRAP_SERVERS, KAFKA.bootstrapServers(),
                ConfigKey.INPUT_TOPICS, INPUT,
                ConfigKey.MODELS_DIR, models.toString(),
                ConfigKey.STATE_DIR, folder.resolve("state").toString());
    }

    /** Has clients ask, about as fast as the monitor reads, until something is there. */
    private static void keepAsking(LiveTraffic traffic, Traffic queries, Callable<Boolean> until) {
        try {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
                traffic.publish(1, queries, CHUNK);
                return until.call();
            });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("in vain; Slack was told " + webhooks.at(LiveAlertmanager.SLACK), e);
        }
    }

    private static boolean told(String summary, String severity, String status) {
        return texts().stream().anyMatch(text -> text.contains(head(summary, severity, status)));
    }

    private static String head(String summary, String severity, String status) {
        return "*" + summary + "* (" + severity + ", " + status + ")";
    }

    private static boolean onCall(String status) {
        return webhooks.at(LiveAlertmanager.ON_CALL).stream()
                .anyMatch(delivery -> delivery.body().path("status").asText().equals(status));
    }

    private static List<String> texts() {
        return webhooks.at(LiveAlertmanager.SLACK).stream()
                .map(delivery -> delivery.body().at("/attachments/0/text").asText())
                .toList();
    }

    @AfterAll
    static void stop() {
        if (webhooks != null) {
            webhooks.close();
        }
    }

    /** What Slack was told first about an alert, up to the next alert of the same message. */
    private static String firstText(String summary, String severity) {
        String head = head(summary, severity, "firing");
        String text = texts().stream()
                .filter(message -> message.contains(head))
                .findFirst()
                .orElseThrow();
        String from = text.substring(text.indexOf(head));
        int next = from.indexOf("\n*");
        return next < 0 ? from : from.substring(0, next);
    }

    @Test
    void a_probe_is_told_with_figures_technique_runbook_and_dashboard() {
        assertThat(firstText(PROBE, "critical"))
                .containsPattern("\\n[1-9][0-9]* alert\\(s\\) about clients in 15 minutes, most of the evidence from")
                .contains("MITRE ATLAS: AML.T0024.000")
                .contains("Runbook: " + RUNBOOKS + "membership-probe.md")
                .contains("Dashboard: https://grafana.example.com/d/miasma-probing?var-job=miasma");
    }

    @Test
    void a_leak_is_told_with_figures_technique_runbook_and_dashboard() {
        String text = firstText(LEAK, "medium");

        var lift = Pattern.compile("\\n([0-9.]+) times as many answers").matcher(text);
        assertThat(lift.find()).as(text).isTrue();
        assertThat(Double.parseDouble(lift.group(1))).isGreaterThan(5);
        assertThat(text)
                .contains("MITRE ATLAS: AML.T0063")
                .contains("Runbook: " + RUNBOOKS + "leak-lift-high.md")
                .contains("/d/miasma-leak-posture?var-job=miasma&var-endpoint=shop&var-version=1");
    }

    @Test
    void both_resolve_when_the_attack_ends() {
        assertThat(texts())
                .anyMatch(text -> text.contains(head(PROBE, "critical", "resolved")))
                .anyMatch(text -> text.contains(head(LEAK, "medium", "resolved")));
    }

    @Test
    void on_call_gets_what_is_critical_with_its_token_and_then_that_it_is_over() {
        List<Delivery> deliveries = webhooks.at(LiveAlertmanager.ON_CALL);

        assertThat(deliveries)
                .extracting(delivery -> delivery.body().path("status").asText())
                .startsWith("firing")
                .contains("resolved");
        assertThat(deliveries).allSatisfy(delivery -> {
            assertThat(delivery.authorization()).isEqualTo("Bearer " + LiveAlertmanager.TOKEN);
            assertThat(delivery.body().path("version").asText()).isEqualTo("4");
        });
        assertThat(deliveries.stream()
                        .flatMap(delivery -> Repository.each(delivery.body().path("alerts"))))
                .isNotEmpty()
                .allSatisfy(LiveAlertsIT::assertWhole);
    }

    private static void assertWhole(JsonNode alert) {
        JsonNode annotations = alert.path("annotations");
        assertThat(alert.at("/labels/severity").asText()).isEqualTo("critical");
        assertThat(annotations.path("summary").asText()).isNotBlank();
        assertThat(annotations.path("description").asText()).containsPattern("[0-9]");
        assertThat(Repository.file(annotations.path("runbook_url").asText())).isRegularFile();
        assertThat(annotations.path("dashboard_url").asText()).startsWith("/d/miasma-");
    }

    @Test
    void no_message_names_a_client() {
        assertThat(webhooks.at(LiveAlertmanager.SLACK)).isNotEmpty();
        assertThat(webhooks.all())
                .noneMatch(delivery -> delivery.body().toString().contains(Traffic.PROBER));
    }
}
