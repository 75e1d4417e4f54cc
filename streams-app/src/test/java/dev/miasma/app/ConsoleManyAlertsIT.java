// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.miasma.browser.BrowserTab;
import dev.miasma.browser.Chromium;
import dev.miasma.config.ConfigKey;
import dev.miasma.embedded.KafkaForTests;
import dev.miasma.measure.NoMeasures;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The console of a monitor that wants a token, holds as many alerts as it keeps, and goes away for a while. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleManyAlertsIT {
    private static final String NAME = "many";
    private static final String TOKEN = "a token that only tests know";
    private static final int ALERTS = 10_000;
    private static final Instant NEWEST = Instant.parse("2025-01-01T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @RegisterExtension
    static final KafkaForTests KAFKA = new KafkaForTests();

    @TempDir
    private static Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private static Chromium chromium;

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private static Monitor monitor;

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private static BrowserTab tab;

    @BeforeAll
    static void a_monitor_finds_ten_thousand_alerts_on_its_topic() throws Exception {
        chromium = Chromium.start(folder);
        KAFKA.createTopic(NAME, 1);
        KAFKA.createTopic(NAME + "-alerts", 1);
        writeAlerts();
        monitor = start(0);
        tab = chromium.open();
    }

    @AfterAll
    static void stop() {
        if (monitor != null) {
            monitor.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    @Order(1)
    void asks_for_the_token_once_and_again_if_it_is_wrong() {
        tab.go(console("alerts"));
        tab.awaitElement("dialog[open] #token");
        assertThat(tab.count("dialog")).isOne();
        tab.type("another");
        tab.press("Enter");
        tab.await("document.querySelector('dialog[open] #token')?.value === ''");
        tab.type(TOKEN);
        tab.press("Enter");

        tab.await("document.getElementById('connection').dataset.state === 'live'");
        tab.awaitElement(".vlist-row");

        assertThat(tab.count("dialog")).isZero();
        assertThat(tab.eval("Object.values(localStorage).join()").asText()).doesNotContain(TOKEN);
    }

    @Test
    @Order(2)
    void ten_thousand_alerts_are_scrolled_through_with_few_rows_in_the_page() {
        tab.await("document.querySelector('.counted').textContent.endsWith('of 10,000 alerts')");
        tab.eval("document.querySelector('.vlist').focus()");
        tab.eval("window.mostRows = 0; new MutationObserver(() => { window.mostRows = Math.max(window.mostRows,"
                + " document.querySelectorAll('.vlist-row').length); })"
                + ".observe(document.querySelector('.vlist'), {childList: true, subtree: true})");

        for (int page = 0; page < 200 && !tab.text(".counted").equals("10,000 alerts"); page++) {
            String before = tab.text(".counted");
            tab.press("End");
            tab.await("document.querySelector('.counted').innerText !== " + BrowserTab.quoted(before));
        }
        tab.press("End");

        tab.await("document.querySelector('.vlist-row.is-active')?.getAttribute('aria-posinset') === '10000'");
        assertThat(tab.text(".counted")).isEqualTo("10,000 alerts");
        assertThat(tab.text(".vlist-row.is-active .id")).isEqualTo("client-9999");
        assertThat(tab.eval("window.mostRows").asInt()).isBetween(5, 80);
        assertThat(tab.count("*")).isLessThan(1500);
    }

    @Test
    @Order(3)
    void the_oldest_of_them_opens() {
        tab.press("Enter");

        tab.await("document.querySelector('.detail h1')?.textContent === 'client-9999'");
        assertThat(tab.text(".detail .lead")).startsWith("Of its 77 distinct scored queries");
    }

    @Test
    @Order(4)
    void says_that_the_connection_is_lost_and_finds_back() throws Exception {
        int port = URI.create(monitor.metricsUrl()).getPort();
        monitor.close();

        tab.await("document.getElementById('connection').dataset.state === 'lost'");
        assertThat(tab.text("#lost")).contains("What is shown is from", "Try now");
        assertThat(tab.text(".vlist-row .id")).isNotEmpty();

        monitor = start(port);
        tab.click("#lost button");
        tab.await("document.getElementById('connection').dataset.state === 'live'");
        assertThat(tab.eval("document.getElementById('lost').hidden").asBoolean())
                .isTrue();
    }

    private static Monitor start(int port) throws Exception {
        Monitor started = Monitor.start(
                new Settings(
                                KAFKA.bootstrapServers(),
                                NAME,
                                NAME,
                                TrainedTarget.get().modelsBelow(folder),
                                folder)
                        .with(ConfigKey.HTTP_PORT, Integer.toString(port))
                        .with(
                                ConfigKey.HTTP_TOKEN_FILE,
                                Files.writeString(folder.resolve("token"), TOKEN)
                                        .toString())
                        .config(),
                new NoMeasures());
        assertThat(started.awaitRunning(PATIENCE)).isTrue();
        return started;
    }

    private static URI console(String view) {
        return URI.create(monitor.metricsUrl()).resolve("/#/" + view);
    }

    /** Alerts as the monitor writes them, a second apart, the newest about client-0. */
    private static void writeAlerts() throws Exception {
        JsonMapper json = new JsonMapper();
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", KAFKA.bootstrapServers(), "linger.ms", 5),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (int age = ALERTS - 1; age >= 0; age--) {
                ObjectNode alert = alert(json, "client-" + age, NEWEST.minusSeconds(age));
                var _ = producer.send(
                        new ProducerRecord<>(NAME + "-alerts", "client-" + age, json.writeValueAsBytes(alert)),
                        (place, error) -> {
                            if (error != null) {
                                throw new AssertionError("not sent", error);
                            }
                        });
            }
        }
    }

    private static ObjectNode alert(JsonMapper json, String client, Instant time) {
        ObjectNode alert = json.createObjectNode()
                .put(
                        "id",
                        UUID.nameUUIDFromBytes(client.getBytes(StandardCharsets.UTF_8))
                                .toString())
                .put("kind", "membership-probe")
                .put("time", time.toString())
                .put("severity", "high")
                .put(
                        "summary",
                        "Client " + client
                                + " is probing shop for training members: of its 77 distinct scored queries 83 %"
                                + " score above the median known non-member (50 % expected), 4.1 % are flagged as leaky"
                                + " (1.0 % expected); evidence 1.31e+06, threshold 1.25e+06.")
                .put("looksLike", "an attack on the model's confidence, as of Shokri et al. 2017, ML-Leaks or LiRA")
                .put("endpoint", "shop")
                .put("version", "1")
                .put("client", client)
                .putNull("cohort")
                .put("sensor", "member-likeness")
                .put("alarm", 1);
        alert.putObject("evidence")
                .put("value", 1.31e6)
                .put("threshold", 1.25e6)
                .put("queries", 79)
                .put("scored", 77);
        alert.putObject("budget")
                .put("falseAlertsPerMillion", 1)
                .put("guaranteed", true)
                .put("promise", "At most 1 expected false alerts per million queries of benign clients.");
        alert.putArray("actions").add("Limit the rate of this client (AML.M0004).");
        return alert.put("runbook", "https://example.org/runbooks/membership-probe.md");
    }
}
