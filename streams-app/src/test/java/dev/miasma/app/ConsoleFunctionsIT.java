// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.miasma.browser.BrowserTab;
import dev.miasma.browser.Chromium;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The console's functions without side effects, in the browser that runs them. Needs no monitor: its files are enough. */
class ConsoleFunctionsIT {
    @TempDir
    private static Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private static Chromium chromium;

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private static HttpServer files;

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private static BrowserTab tab;

    @BeforeAll
    static void the_files_are_served() throws Exception {
        chromium = Chromium.start(folder);
        files = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        files.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            exchange.getResponseHeaders().set("Content-Type", path.endsWith(".js") ? "text/javascript" : "text/html");
            try (exchange;
                    InputStream file = ConsoleFunctionsIT.class.getResourceAsStream("/console" + path)) {
                byte[] body = file == null ? "<!doctype html>".getBytes(StandardCharsets.UTF_8) : file.readAllBytes();
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        files.start();
        tab = chromium.open();
        tab.go(URI.create("http://127.0.0.1:" + files.getAddress().getPort() + "/empty"));
    }

    @AfterAll
    static void stop() {
        if (files != null) {
            files.stop(0);
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    private static JsonNode eval(String module, String expression) {
        return tab.eval("import('/" + module + ".js').then((m) => m." + expression + ")");
    }

    /** No-break spaces and word joiners are for the eye; here they are spaces and nothing. */
    private static String text(String module, String expression) {
        return eval(module, expression).asText().replace('\u00a0', ' ').replace("\u2060", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "count(1204331)         | 1,204,331",
                "count(null)            | –",
                "count(NaN)             | –",
                "compact(7943)          | 7,943",
                "compact(1204331)       | 1.2 M",
                "compact(412345)        | 412 k",
                "compact(3.2e9)         | 3.2 G",
                "rate(0)                | 0",
                "rate(3.14159)          | 3.1",
                "rate(7943.7)           | 7,944",
                "percent(0)             | 0 %",
                "percent(0.0684)        | 6.8 %",
                "percent(0.00021)       | 0.021 %",
                "percent(1)             | 100 %",
                "percent(undefined)     | –",
                "times(3.42)            | 3.4×",
                "times(0.946)           | 0.95×",
                "times(31.6)            | 32×",
                "times(null)            | –",
                "power(0)               | 1",
                "power(3)               | 1,000",
                "power(6)               | 10⁶",
                "power(12)              | 10¹²",
                "evidence(0)            | 1",
                "evidence(2.1)          | 126",
                "evidence(6.09691001)   | 1,250,000",
                "evidence(8.1)          | 1.3 × 10⁸",
                "evidence(7.9999)       | 1.0 × 10⁸",
                "evidence(null)         | –",
                "shareInterval(0.31, 0.742)  | 31 – 74 %",
                "ago(0, 2000)           | just now",
                "ago(0, 40000)          | 40 s ago",
                "ago(0, 7300000)        | 2 h ago",
                "ago(0, 260000000)      | 3 days ago",
                "ago(180000, 0)         | in 3 min",
                "ago('no time', 0)      | –",
                "duration(93)           | 1 min 33 s",
                "duration(200000)       | 2 d 7 h",
                "plural(1, 'alert')     | 1 alert",
                "plural(1204, 'query', 'queries') | 1,204 queries",
            })
    void numbers_and_times_read_well(String expression, String expected) {
        assertThat(text("format", expression)).isEqualTo(expected);
    }

    @Test
    void what_was_seen_stands_without_who_and_without_evidence() {
        String headline =
                "Client prober-002 is probing shop for training members: of its 59 distinct scored queries 81 % score"
                        + " above the median known non-member (50 % expected), 6.8 % are flagged as leaky (1.0 % expected);"
                        + " evidence 1.3e+06, threshold 1.25e+06.";

        assertThat(text("words", "seen(" + BrowserTab.quoted(headline) + ")"))
                .isEqualTo(
                        "Of its 59 distinct scored queries 81 % score above the median known non-member (50 % expected),"
                                + " 6.8 % are flagged as leaky (1.0 % expected).");
        assertThat(text("words", "seen('Something new was found')")).isEqualTo("Something new was found.");
        assertThat(text("words", "seen(null)")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null                                                             | unknown",
                "{state: 'REBALANCING', bands: {}}                                | bad",
                "{state: 'RUNNING', bands: {alarmed: 2}}                          | bad",
                "{state: 'RUNNING', bands: {}, cohortBands: {alarmed: 1}}         | bad",
                "{state: 'RUNNING', bands: {high: 1}, queries: 5}                 | warn",
                "{state: 'RUNNING', bands: {low: 9}, queries: 5}                  | good",
                "{state: 'RUNNING', bands: {}, queries: 0}                        | unknown",
            })
    void the_verdict_is_as_bad_as_the_worst_there_is(String snapshot, String tone) {
        assertThat(text("words", "verdict(" + snapshot + ", 0).tone")).isEqualTo(tone);
    }

    @Test
    void events_are_read_however_the_stream_is_cut() {
        String stream =
                "event: snapshot\\r\\ndata: {\"a\":1}\\r\\n\\r\\n: keep-alive\\n\\nevent: alert\\ndata: one\\ndata: two\\n\\nid: 7\\n\\n";
        for (int size = 1; size < 12; size++) {
            String expression =
                    "eventParser; const seen = []; const parse = m.eventParser((e) => seen.push(e.type + '=' + e.data));"
                            + " const all = '" + stream + "'; for (let at = 0; at < all.length; at += " + size
                            + ") parse(all.slice(at, at + " + size + ")); return seen.join('|'); ";

            assertThat(tab.eval("import('/live.js').then((m) => { m." + expression + "})")
                            .asText())
                    .isEqualTo("snapshot={\"a\":1}|alert=one\ntwo");
        }
    }

    @Test
    void tries_come_less_and_less_often_up_to_half_a_minute() {
        assertThat(eval("live", "backOff(1, () => 0.5)").asDouble()).isCloseTo(1000, within(1e-6));
        assertThat(eval("live", "backOff(3, () => 0.5)").asDouble()).isCloseTo(4000, within(1e-6));
        assertThat(eval("live", "backOff(50, () => 0.5)").asDouble()).isCloseTo(30_000, within(1e-6));
        assertThat(eval("live", "backOff(1, () => 0)").asDouble())
                .isLessThan(eval("live", "backOff(1, () => 1)").asDouble());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0       | 600 | 10000 | [0,14]",
                "76000   | 600 | 10000 | [994,1014]",
                "759400  | 600 | 10000 | [9986,10000]",
                "0       | 600 | 0     | [0,0]",
                "5000    | 600 | 3     | [3,3]",
            })
    void only_rows_in_sight_and_a_few_more_are_drawn(int top, int height, int length, String expected) {
        assertThat(eval("virtual-list", "rowsInSight(%d, %d, 76, %d)".formatted(top, height, length))
                        .toString())
                .isEqualTo(expected);
    }

    @Test
    void thinning_a_path_keeps_its_peak_its_end_and_its_order() {
        JsonNode thinned = tab.eval("import('/scale.js').then((m) => m.thin(Array.from({length: 5000}, (_, i) =>"
                + " ({i, evidence: i === 1234 ? 9 : Math.sin(i)})), 200))");

        assertThat(thinned.size()).isBetween(100, 201);
        assertThat(thinned.findValuesAsText("i")).contains("1234", "4999");
        assertThat(thinned.findValues("i")).isSortedAccordingTo((a, b) -> Integer.compare(a.asInt(), b.asInt()));
    }

    @Test
    void a_topology_is_laid_out_from_left_to_right_without_what_only_stands_for_a_topic() {
        String topology =
                "{nodes: [{id: 't', kind: 'topic', subtopology: null}, {id: 's', kind: 'source', subtopology: 0},"
                        + " {id: 'p', kind: 'processor', subtopology: 0}, {id: 'm', kind: 'store', subtopology: 0},"
                        + " {id: 'k', kind: 'sink', subtopology: 0}, {id: 'u', kind: 'topic', subtopology: null},"
                        + " {id: 'q', kind: 'processor', subtopology: 1}], edges: [{from: 't', to: 's'}, {from: 's', to: 'p'},"
                        + " {from: 'p', to: 'm'}, {from: 'p', to: 'k'}, {from: 'k', to: 'u'}, {from: 'u', to: 'q'}, {from: 'q', to: 't'}]}";

        JsonNode layout = eval("topology-layout", "layOut(" + topology + ")");

        assertThat(layout.path("nodes").findValuesAsText("id")).containsExactlyInAnyOrder("t", "p", "m", "u", "q");
        assertThat(at(layout, "t", "x")).isLessThan(at(layout, "p", "x"));
        // A topic between two subtopologies stands below what writes it.
        assertThat(at(layout, "u", "x")).isEqualTo(at(layout, "p", "x"));
        assertThat(at(layout, "u", "y")).isGreaterThan(at(layout, "p", "y"));
        assertThat(at(layout, "u", "x")).isLessThan(at(layout, "q", "x"));
        assertThat(layout.path("lanes").findValuesAsText("name")).containsExactly("0", "1");
        assertThat(layout.path("nodes").findValues("x"))
                .allMatch(
                        x -> x.asInt() >= 0 && x.asInt() < layout.path("width").asInt());
    }

    private static int at(JsonNode layout, String id, String coordinate) {
        for (JsonNode node : layout.path("nodes")) {
            if (node.path("id").asText().equals(id)) {
                return node.path(coordinate).asInt();
            }
        }
        throw new AssertionError("no node " + id);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "#/alerts/a%2Fb?x=1 | {\"view\":\"alerts\",\"id\":\"a/b\",\"query\":{\"x\":\"1\"}}",
                "#/clients          | {\"view\":\"clients\",\"query\":{}}",
                "''                 | {\"view\":\"overview\",\"query\":{}}",
                "#/clients/%ZZ      | {\"view\":\"clients\",\"id\":\"%ZZ\",\"query\":{}}",
            })
    void addresses_within_the_page_are_read(String hash, String expected) {
        assertThat(eval("route", "route(" + BrowserTab.quoted(hash) + ")").toString())
                .isEqualTo(expected);
    }

    @Test
    void a_list_that_was_empty_can_be_asked_for_anew() {
        JsonNode seen = tab.eval("""
                import('/paging.js').then(async ({ Paged }) => {
                  const answers = [{ items: [] }, { items: [{ id: "a" }], total: 1 }];
                  const fetched = window.fetch;
                  window.fetch = async () => new Response(JSON.stringify(answers.shift()));
                  let changes = 0;
                  const list = new Paged("clients", {}, (item) => item.id, () => changes++, new AbortController().signal);
                  await list.load();
                  const before = list.items.length;
                  await list.again();
                  window.fetch = fetched;
                  return [before, list.items.length, list.total, changes];
                })""");

        assertThat(seen).hasToString("[0,1,1,2]");
    }
}
