// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.miasma.browser.BrowserTab;
import dev.miasma.browser.Chromium;
import dev.miasma.config.ConfigKey;
import dev.miasma.embedded.KafkaForTests;
import dev.miasma.measure.InMemoryMeasures;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console in a real browser, of a monitor on a real broker to which clients go on asking. */
class ConsoleIT {
    private static final String INPUT = "console-predictions";
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";
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
    private static AskingClients clients;

    @SuppressWarnings("NullAway.Init") // Set before each test.
    private BrowserTab tab;

    @BeforeAll
    static void clients_ask_and_a_monitor_watches() throws Exception {
        chromium = Chromium.start(folder);
        KAFKA.createTopic(INPUT, 2);
        TrainedTarget target = TrainedTarget.get();
        InMemoryMeasures measures = new InMemoryMeasures();
        monitor = Monitor.start(
                new Settings(KAFKA.bootstrapServers(), "console", INPUT, target.modelsBelow(folder), folder)
                        // So that a client can be called something nasty.
                        .with(ConfigKey.IDENTITY_PSEUDONYMS, "false")
                        .config(),
                measures);
        assertThat(monitor.awaitRunning(PATIENCE)).isTrue();
        Sender.send(KAFKA.bootstrapServers(), INPUT, AskingClients.probesOf(HOSTILE, target));
        clients = new AskingClients(target, KAFKA.bootstrapServers(), INPUT);
        await().atMost(PATIENCE).until(() -> measures.alertsSentCount("client") >= 3);
    }

    @AfterAll
    static void stop() throws Exception {
        if (clients != null) {
            clients.stop();
        }
        if (monitor != null) {
            monitor.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void open() {
        tab = chromium.open();
    }

    @AfterEach
    void nothing_was_complained_of_and_no_one_else_was_asked() {
        List<String> complaints = tab.complaints();
        List<URI> elsewhere = tab.requests().stream()
                .filter(address -> !address.getScheme().equals("about")
                        && !console("").getAuthority().equals(address.getAuthority()))
                .toList();
        tab.close();

        assertThat(complaints).isEmpty();
        assertThat(elsewhere).isEmpty();
    }

    @Test
    void the_overview_is_live() {
        tab.go(console("overview"));
        tab.await("document.getElementById('connection').dataset.state === 'live'");
        tab.await("/\\d/.test(document.getElementById('rate').textContent)");
        String before = tab.text(".tile .note");

        tab.await("document.querySelector('.tile .note').innerText !== " + BrowserTab.quoted(before));

        assertThat(tab.text(".verdict h1")).contains("under alarm");
        assertThat(tab.text("#alerts-total")).matches("[1-9][\\d,]*");
        tab.awaitElement(".rows a[href^='#/alerts/']");
        tab.awaitElement(".rows a[href^='#/clients/']");
        tab.awaitElement("svg.lift .whisker");
        tab.awaitElement("svg.histogram .live rect");
        tab.awaitElement("svg.histogram .members .line");
        tab.awaitElement("svg.histogram .non-members .line");
    }

    @Test
    void an_alert_shows_what_was_seen_how_sure_what_to_do_and_the_path_of_its_evidence() {
        tab.go(console("alerts"));
        tab.awaitElement(".vlist-row");
        tab.click("button[data-code=client]");
        tab.awaitElement("button[data-code=client][aria-pressed=true]");
        tab.awaitElement(".vlist-row");

        tab.press("j");
        tab.press("Enter");

        tab.await("location.hash.startsWith('#/alerts/')");
        tab.awaitElement(".detail svg.evidence .path");
        assertThat(tab.text(".detail")).contains("What was seen", "How sure", "What to do", "expected false alert");
        assertThat(tab.eval("document.querySelector('svg.evidence .path').getAttribute('d').split('L').length")
                        .asInt())
                .isGreaterThan(5);
        assertThat(tab.text("svg.evidence .threshold-label")).isEqualTo("alarm at c = 1,250,000");
        assertThat(tab.count("svg.evidence .lane .ticks")).isPositive();
        assertThat(tab.count("svg.evidence .end-alarm")).isPositive();
        assertThat(tab.eval("document.querySelector('svg.evidence').getAttribute('aria-label')")
                        .asText())
                .contains("which it reached");
        assertThat(tab.text(".detail")).contains("membership-probe.md");
    }

    @Test
    void a_client_is_found_by_the_beginning_of_its_name() throws Exception {
        String wanted = first("clients?limit=1").path("id").asText();
        tab.go(console("clients"));
        tab.awaitElement(".vlist-row");

        tab.press("/");
        tab.type(wanted.substring(0, wanted.length() - 1));

        tab.await("document.querySelector('.vlist-row .id')?.textContent === " + BrowserTab.quoted(wanted));
        tab.click(".vlist-row");
        tab.await("document.querySelector('.detail h1')?.textContent === " + BrowserTab.quoted(wanted));
        tab.awaitElement(".detail .table tbody tr");
    }

    @Test
    void what_no_one_is_called_finds_no_one_and_says_so() {
        tab.go(console("clients"));
        tab.awaitElement(".vlist-row");

        tab.press("/");
        tab.type("no-one-is-called-that");

        tab.await("document.querySelector('.list-note')?.innerText.includes('No match')");
        assertThat(tab.count(".vlist-row")).isZero();
    }

    @Test
    void a_name_that_is_markup_stays_text() {
        tab.go(console("alerts?client=" + URLEncoder.encode(HOSTILE, StandardCharsets.UTF_8)));
        tab.awaitElement(".vlist-row");

        tab.await("document.querySelector('.detail h1')?.textContent === " + BrowserTab.quoted(HOSTILE));

        assertThat(tab.text(".vlist-row .id")).isEqualTo(HOSTILE);
        assertThat(tab.count("main img")).isZero();
    }

    @Test
    void keys_do_what_the_help_says() {
        tab.go(console("overview"));
        tab.awaitElement(".rows a");

        tab.press("Tab");
        assertThat(focused()).isEqualTo("skip");
        tab.press("?");
        tab.awaitElement("dialog[open] kbd");
        tab.press("Escape");
        tab.await("!document.querySelector('dialog')");
        assertThat(focused()).isEqualTo("skip");

        tab.press("2");
        tab.awaitElement(".vlist-row");
        tab.press("k");
        assertThat(tab.eval("getComputedStyle(document.activeElement).outlineStyle")
                        .asText())
                .isEqualTo("solid");
        tab.press("Enter");
        tab.awaitElement(".detail svg");
        tab.press("Escape");
        tab.await("location.hash === '#/alerts'");

        tab.press("t");
        tab.await("document.documentElement.dataset.theme === 'dark'");
        assertThat(tab.eval("getComputedStyle(document.body).backgroundColor").asText())
                .isEqualTo("rgb(13, 19, 23)");
        tab.press("t");
        tab.await("document.documentElement.dataset.theme === 'light'");
    }

    @Test
    void a_chart_is_read_query_by_query_with_the_arrow_keys() {
        tab.go(console("alerts?level=client"));
        tab.awaitElement(".detail svg.evidence");

        tab.eval("document.querySelector('svg.evidence').focus({focusVisible: true})");
        tab.press("Home");
        String first = tab.text(".tip");
        tab.press("ArrowRight");

        assertThat(first).contains("of 1,250,000").containsPattern("(query|point) 1 of \\d");
        assertThat(tab.text(".tip")).containsPattern("(query|point) 2 of \\d");
        tab.press("Escape");
        assertThat(tab.eval("document.querySelector('.tip').hidden").asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"overview", "alerts", "clients", "endpoints", "models", "topology"})
    void fits_a_phone_and_names_everything_that_can_be_focused(String view) {
        tab.show(320, 640, true);
        tab.go(console(view));
        tab.await("document.querySelector('.row, .vlist-row, .card .facts, svg.topology-picture')");

        assertThat(tab.eval("document.documentElement.scrollWidth").asInt()).isLessThanOrEqualTo(320);
        assertThat(tab.nameless()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {360, 760, 761, 820, 961, 1081})
    void fits_every_width_without_breaking_a_name_of_a_view(int width) {
        tab.show(width, 800, false);
        tab.go(console("overview"));
        tab.awaitElement(".rows a");

        assertThat(tab.eval("document.documentElement.scrollWidth").asInt()).isLessThanOrEqualTo(width);
        assertThat(tab.eval("Math.max(...[...document.querySelectorAll('.nav span')].map((name) => name.offsetHeight))")
                        .asInt())
                .isLessThan(30);
        assertThat(tab.eval("document.querySelector('.top-tools').getBoundingClientRect().right")
                        .asDouble())
                .isLessThanOrEqualTo(width);
    }

    @Test
    void the_topology_that_runs_is_drawn() {
        tab.go(console("topology"));

        tab.awaitElement("svg.topology-picture");

        assertThat(tab.text("svg.topology-picture")).contains(INPUT, "decode", "score", "detect", "console-alerts");
        assertThat(tab.count("svg.topology-picture .edge")).isGreaterThan(10);
        tab.awaitElement(".table tbody tr");
    }

    @Test
    void an_endpoint_and_its_model_are_told_of() {
        tab.go(console("endpoints"));
        tab.awaitElement(".endpoint svg.histogram");
        assertThat(tab.text(".endpoint")).contains("shop v1", "Flagged as leaky", "Members among the queries");

        tab.press("5");

        tab.awaitElement(".card .facts");
        assertThat(tab.text("main")).contains("In force", "Known non-members", "AUC", "Provenance");
    }

    private String focused() {
        return tab.eval("document.activeElement.id").asText();
    }

    private static URI console(String view) {
        return URI.create(monitor.metricsUrl()).resolve("/#/" + view);
    }

    /** The first of a list, which may be empty or not to be had for a moment: states are read as they were committed. */
    private static JsonNode first(String query) {
        return await().atMost(PATIENCE)
                .until(
                        () -> {
                            String body = Page.of(monitor, "/api/v1/" + query, "application/json")
                                    .body();
                            return new JsonMapper().readTree(body).path("items").path(0);
                        },
                        item -> !item.isMissingNode());
    }
}
