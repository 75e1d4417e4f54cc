// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients and cohorts of two instances, asked of one of them. */
class ClientsApiTest {
    private static final String TOKEN = "the same for all";

    private final ServedApi here = new ServedApi(TOKEN);
    private final ServedApi there = new ServedApi(TOKEN);

    @BeforeEach
    void know_each_other() {
        here.others.add(there.self());
        there.others.add(here.self());
    }

    @AfterEach
    void stop() {
        here.close();
        there.close();
    }

    private ServedApi.Answer ask(String path) throws IOException, InterruptedException {
        return here.get(path, "Authorization", "Bearer " + TOKEN);
    }

    private static List<String> ids(JsonNode page) {
        return page.path("items")
                .valueStream()
                .map(item -> item.path("id").asText())
                .toList();
    }

    @Test
    void the_riskiest_of_all_instances_come_first() throws Exception {
        here.add("calm", "low", 0.5);
        there.add("alarmed", "alarmed", 0);
        here.add("high", "high", 4.5);
        there.add("higher", "high", 5);
        there.add("b-calm", "low", 0.5);

        JsonNode page = ask("/api/v1/clients").json();

        assertThat(ids(page)).containsExactly("alarmed", "higher", "high", "b-calm", "calm");
        assertThat(page.path("total").asInt()).isEqualTo(5);
        assertThat(page.path("next").isNull()).isTrue();
        assertThat(page.path("unreachable")).isEmpty();
        assertThat(page.path("items").path(0).path("instance").asText()).isEqualTo(there.self());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 50, 99, 100, 101, 500})
    void pages_show_every_client_once_and_in_order(int limit) throws Exception {
        IntStream.range(0, 100)
                .forEach(i -> (i % 3 == 0 ? here : there).add("client-" + i, i % 7 == 0 ? "high" : "low", i % 10));

        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = ask("/api/v1/clients?limit=" + limit + cursor).json();
            assertThat(page.path("items").size()).isBetween(1, limit);
            assertThat(page.path("total").asInt()).isEqualTo(100);
            seen.addAll(ids(page));
            cursor = page.path("next").isNull()
                    ? ""
                    : "&cursor=" + page.path("next").asText();
        } while (!cursor.isEmpty());

        List<ClientItem> all = new ArrayList<>(here.clients);
        all.addAll(there.clients);
        assertThat(seen)
                .containsExactlyElementsOf(all.stream()
                        .sorted((a, b) -> Rank.of(a).compareTo(Rank.of(b)))
                        .map(ClientItem::id)
                        .toList());
    }

    @Test
    void filters_reach_all_instances() throws Exception {
        here.add("ab+c", "client", "shop & co", "high", 4);
        there.add("ab+d", "client", "shop & co", "high", 4);
        there.add("ab+e", "client", "shop & co", "low", 1);
        there.add("ab+f", "client", "other", "high", 4);
        here.add("abc", "client", "shop & co", "high", 4);

        JsonNode page = ask("/api/v1/clients?band=high&endpoint=shop%20%26%20co&q=ab%2B")
                .json();

        assertThat(ids(page)).containsExactly("ab+c", "ab+d");
    }

    @Test
    void an_instance_can_be_asked_about_itself_alone() throws Exception {
        here.add("mine", "low", 1);
        there.add("theirs", "low", 1);

        assertThat(ids(ask("/api/v1/clients?scope=local").json())).containsExactly("mine");
    }

    @Test
    void a_list_names_the_instances_that_are_missing_from_it() throws Exception {
        String gone = "127.0.0.1:" + freePort();
        here.others.add(gone);
        here.add("mine", "low", 1);

        JsonNode page = ask("/api/v1/clients").json();

        assertThat(ids(page)).containsExactly("mine");
        assertThat(page.path("unreachable").valueStream().map(JsonNode::asText)).containsExactly(gone);
    }

    @Test
    void a_client_is_asked_of_the_instance_that_holds_it() throws Exception {
        there.add("a/b c", "high", 4);
        here.holders.add(there.self());

        JsonNode client = ask("/api/v1/clients/a%2Fb%20c").json();

        assertThat(client.path("id").asText()).isEqualTo("a/b c");
        assertThat(client.path("instance").asText()).isEqualTo(there.self());
        assertThat(client.path("entries").size()).isEqualTo(1);
        assertThat(client.path("entries")
                        .path(0)
                        .path("sensors")
                        .path(0)
                        .path("seen")
                        .asInt())
                .isEqualTo(3);
        assertThat(client.path("entries").path(0).path("path").path("points")).hasSize(2);
    }

    @Test
    void a_cohort_is_looked_for_where_there_is_no_such_client() throws Exception {
        there.add("team", "cohort", "shop", "low", 1);
        here.add("team", "cohort", "other", "high", 4);

        JsonNode cohort = ask("/api/v1/clients/team").json();

        assertThat(cohort.path("entries")
                        .valueStream()
                        .map(entry -> entry.path("endpoint").asText()))
                .containsExactly("other", "shop");
        assertThat(ask("/api/v1/clients/team?level=client").status()).isEqualTo(404);
    }

    @Test
    void a_client_goes_before_a_cohort_of_its_name() throws Exception {
        here.add("both", "cohort", "shop", "high", 4);
        here.add("both", "client", "shop", "low", 1);

        assertThat(ask("/api/v1/clients/both")
                        .json()
                        .path("entries")
                        .path(0)
                        .path("level")
                        .asText())
                .isEqualTo("client");
        assertThat(ask("/api/v1/clients/both?level=cohort")
                        .json()
                        .path("entries")
                        .path(0)
                        .path("level")
                        .asText())
                .isEqualTo("cohort");
    }

    @Test
    void names_the_instance_that_holds_it_and_does_not_answer() throws Exception {
        String gone = "127.0.0.1:" + freePort();
        here.holders.add(gone);

        ServedApi.Answer answer = ask("/api/v1/clients/somebody");

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.json().path("detail").asText()).startsWith("instance " + gone + " does not answer");
    }

    @Test
    void an_instance_with_another_token_is_no_answer() throws Exception {
        try (ServedApi stranger = new ServedApi("another token")) {
            here.holders.add(stranger.self());

            ServedApi.Answer answer = ask("/api/v1/clients/somebody");

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.json().path("detail").asText())
                    .isEqualTo("instance " + stranger.self() + " answers with status 401");
        }
    }

    @Test
    void a_rebalance_of_the_instance_that_holds_it_is_told() throws Exception {
        there.rebalancing = true;
        here.holders.add(there.self());

        ServedApi.Answer answer = ask("/api/v1/clients/somebody");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().path("detail").asText())
                .isEqualTo("instance " + there.self() + " is not ready to answer");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
