// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.miasma.config.HttpSettings;
import dev.miasma.fixtures.OpenApi;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The description of the API says what is served, all of it and nothing else. */
class OpenApiTest {
    private static final Set<String> PAGES = Set.of("/", "/assets/{file}", "/openapi.yaml");

    private final ServedApi api = new ServedApi();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void is_valid_openapi() {
        SwaggerParseResult parsed = new OpenAPIV3Parser().readContents(OpenApi.text(), null, new ParseOptions());

        assertThat(parsed.getMessages()).isEmpty();
        assertThat(parsed.getOpenAPI().getSpecVersion().name()).isEqualTo("V31");
    }

    @Test
    void every_route_is_described_and_every_described_one_is_served() {
        HttpSettings settings = new HttpSettings("127.0.0.1", 0, "", Duration.ofMinutes(1), Duration.ofMinutes(1));
        try (ApiRoutes routes = new ApiRoutes(settings, null, api.api())) {
            Set<String> served =
                    routes.routes().stream().map(Route::path).collect(Collectors.toCollection(TreeSet::new));
            served.addAll(PAGES);

            assertThat(OpenApi.paths()).isEqualTo(served);
            for (Route route : routes.routes()) {
                assertThat(OpenApi.queryParameters(route.path()))
                        .as(route.path())
                        .containsExactlyInAnyOrderElementsOf(Objects.requireNonNull(route.parameters()));
            }
        }
    }

    @Test
    void every_path_is_read_only_and_says_which_problems_it_has() {
        for (String path : OpenApi.paths()) {
            assertThat(OpenApi.methods(path)).as(path).containsExactly("get");
            assertThat(OpenApi.statuses(path)).as(path).contains("200", "405");
            if (path.startsWith("/api/")) {
                assertThat(OpenApi.statuses(path)).as(path).contains("400", "401", "421");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/status, Status",
        "/api/v1/clients, ClientPage",
        "/api/v1/clients?limit=1, ClientPage",
        "/api/v1/clients/x, Client",
        "/api/v1/endpoints, EndpointPage",
        "/api/v1/alerts, AlertPage",
        "/api/v1/alerts?limit=1, AlertPage",
        "/api/v1/alerts/probe, Alert",
        "/api/v1/alerts/flood, Alert",
        "/api/v1/models, ModelPage",
        "/api/v1/topology, Topology",
        "/api/v1/clients?limit=0, Problem",
        "/api/v1/nothing, Problem"
    })
    void what_is_answered_is_what_is_described(String path, String schema) throws Exception {
        api.add("x", "alarmed", 0);
        api.add("team", "cohort", "shop", "low", 1);
        api.alerts.add(ServedApi.alert("probe", "2026-01-01T00:00:00Z", "high", "x"), true);
        api.alerts.add(ServedApi.alert("flood", "2026-01-01T00:00:00Z", "medium", null), true);
        api.endpoints.addAll(endpoints());

        String answer = api.get(path).response().body();

        assertThat(OpenApi.errors(schema, answer)).as(answer).isEmpty();
    }

    @Test
    void a_snapshot_is_what_is_described() {
        var counts = new LiveCounts(
                10,
                1,
                5,
                "RUNNING",
                new TreeMap<>(Map.of("low", 3L)),
                new TreeMap<>(),
                List.of(new LiveCounts.OfEndpoint("shop", "1", 9, new Window(9, 1, 0.09))));

        String snapshot =
                Json.text(Snapshot.of("2026-01-01T00:00:00Z", counts, counts, 1, new TreeMap<>(Map.of("high", 1L))));

        assertThat(OpenApi.errors("Snapshot", snapshot)).isEmpty();
    }

    @Test
    void the_check_itself_finds_a_field_that_is_not_described_and_one_that_is_missing() throws Exception {
        String status = api.get("/api/v1/status").response().body();

        assertThat(OpenApi.errors("Status", status.replaceFirst("\\{", "{\"extra\":1,")))
                .isNotEmpty();
        assertThat(OpenApi.errors("Status", status.replace("\"flagRate\"", "\"rate\"")))
                .isNotEmpty();
    }

    private static List<EndpointItem> endpoints() {
        List<EndpointItem> items = new ArrayList<>();
        items.add(EndpointItem.of(
                "shop",
                "1",
                3,
                new Window(3, 1, 0.03),
                new EndpointItem.Scores(
                        new EndpointItem.Model("abc", null),
                        new MemberShare(0.2, 0.1, 0.3, 3),
                        new EndpointItem.NullDrift("unknown", null),
                        new EndpointItem.Histogram(List.of(0.0, 0.5, 1.0), List.of(2L, 1L), null, List.of(0.9, 0.1))),
                List.of(EndpointItem.WhatIf.of("top3", new Window(0, 0, 0)))));
        items.add(EndpointItem.of("shop", "2", 0, new Window(0, 0, 0), EndpointItem.Scores.none(), List.of()));
        return items;
    }

    /** Read, so that a problem with the file shows here and not in every test. */
    @Test
    void lists_what_is_linked_from_the_documentation() {
        JsonNode info = OpenApi.json().path("info");

        assertThat(info.path("title").asText()).isEqualTo("Miasma monitor");
        assertThat(OpenApi.json().path("components").path("schemas").size()).isGreaterThan(10);
    }
}
